package xenith.gateway.ec2.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes answers of the token service (STS), whose documents differ from EC2's: a result element, the request id at the
 * end, and errors in the namespace. Holds no state; safe for use by many threads.
 */
public final class StsWriter {
    /** STS has one version only. */
    public static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    /**
     * Answers GetCallerIdentity.
     *
     * @param arn the caller's name, such as {@code arn:aws:iam::123456789012:user/ann}
     * @param account the account's number, 12 digits
     */
    public void writeCallerIdentity(String arn, String userId, String account, String requestId, OutputStream out)
            throws IOException {
        XmlOutput xml = new XmlOutput(out);
        xml.start("GetCallerIdentityResponse", NAMESPACE);
        xml.start("GetCallerIdentityResult");
        xml.element("Arn", arn);
        xml.element("UserId", userId);
        xml.element("Account", account);
        xml.end("GetCallerIdentityResult");
        xml.start("ResponseMetadata");
        xml.element("RequestId", requestId);
        xml.end("ResponseMetadata");
        xml.end("GetCallerIdentityResponse");
        xml.flush();
    }

    /** Writes a refusal; its HTTP status is the error's. */
    public void writeError(Ec2Error error, String requestId, OutputStream out) throws IOException {
        XmlOutput xml = new XmlOutput(out);
        xml.start("ErrorResponse", NAMESPACE);
        xml.start("Error");
        xml.element("Type", error.code().isClientFault() ? "Sender" : "Receiver");
        xml.element("Code", error.code().wireName());
        xml.element("Message", error.getMessage());
        xml.end("Error");
        xml.element("RequestId", requestId);
        xml.end("ErrorResponse");
        xml.flush();
    }
}
