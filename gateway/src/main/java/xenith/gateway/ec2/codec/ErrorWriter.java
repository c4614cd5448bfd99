package xenith.gateway.ec2.codec;

import java.io.IOException;
import java.io.OutputStream;
import javax.xml.namespace.QName;

/** Writes refusals as EC2's clients expect them. Holds no state; safe for use by many threads. */
public final class ErrorWriter {
    /** The namespace of SOAP 1.1, in which fault codes lie. */
    public static final String SOAP_NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";

    private static final String SOAP_PREFIX = "soap";

    /** Writes the Query document; it has no namespace, and spells its request id {@code RequestID}. */
    public void writeQuery(Ec2Error error, String requestId, OutputStream out) throws IOException {
        XmlOutput xml = new XmlOutput(out);
        xml.declaration();
        xml.start("Response");
        xml.start("Errors");
        xml.start("Error");
        xml.element("Code", error.code().wireName());
        xml.element("Message", error.getMessage());
        xml.end("Error");
        xml.end("Errors");
        xml.element("RequestID", requestId);
        xml.end("Response");
        xml.flush();
    }

    /** Writes a whole SOAP 1.1 envelope with the fault, to be sent with HTTP status 500. */
    public void writeSoapFault(Ec2Error error, String requestId, OutputStream out) throws IOException {
        XmlOutput xml = new XmlOutput(out);
        String envelope = SOAP_PREFIX + ":Envelope";
        String body = SOAP_PREFIX + ":Body";
        String fault = SOAP_PREFIX + ":Fault";
        xml.declaration();
        xml.startBinding(envelope, SOAP_PREFIX, SOAP_NAMESPACE);
        xml.start(body);
        xml.start(fault);
        xml.element("faultcode", SOAP_PREFIX + ":" + soapCode(error).getLocalPart());
        xml.element("faultstring", error.getMessage());
        xml.start("detail");
        xml.element("RequestID", requestId);
        xml.end("detail");
        xml.end(fault);
        xml.end(body);
        xml.end(envelope);
        xml.flush();
    }

    /** The fault code, such as {@code soap:Client.InvalidInstanceID.NotFound}. */
    public QName soapCode(Ec2Error error) {
        String side = error.code().isClientFault() ? "Client." : "Server.";
        return new QName(SOAP_NAMESPACE, side + error.code().wireName(), SOAP_PREFIX);
    }
}
