package xenith.security.grid;

/** The three ways in which Globus has written proxy certificates. */
enum ProxyKind {
    /** RFC 3820: a critical proxyCertInfo extension. */
    RFC_3820("1.3.6.1.5.5.7.1.14"),
    /** GSI-3, by the draft of that RFC: the same under an identifier of Globus's own, its parts in another order. */
    DRAFT("1.3.6.1.4.1.3536.1.222"),
    /** Globus Toolkit 2: nothing but a last common name {@code proxy} or {@code limited proxy}. */
    LEGACY("");

    private final String extension;

    ProxyKind(String extension) {
        this.extension = extension;
    }

    /** The dotted number of the extension that marks such a proxy; empty if none does. */
    String extension() {
        return extension;
    }
}
