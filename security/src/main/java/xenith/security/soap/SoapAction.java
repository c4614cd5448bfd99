package xenith.security.soap;

/** The HTTP header SOAPAction (SOAP 1.1 section 6.1.1). */
final class SoapAction {
    private SoapAction() {}

    /** What the header names, without its quotes; empty if there is none. */
    static String of(String header) {
        return header == null ? "" : header.strip().replaceAll("^\"|\"$", "");
    }
}
