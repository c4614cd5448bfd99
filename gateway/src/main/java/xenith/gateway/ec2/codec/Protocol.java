package xenith.gateway.ec2.codec;

/** The wire form of a request and of its answer. */
public enum Protocol {
    /** Parameters in a URL or a form; the answer has every member that is set. */
    QUERY,
    /** SOAP 1.1; the answer has the contract's members only, in the contract's order. */
    SOAP
}
