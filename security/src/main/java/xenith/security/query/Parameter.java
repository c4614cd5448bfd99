package xenith.security.query;

/** One decoded parameter of a query string or form. Its value may be secret. */
record Parameter(String name, String value) {
    @Override
    public String toString() {
        return "Parameter[" + name + "]";
    }
}
