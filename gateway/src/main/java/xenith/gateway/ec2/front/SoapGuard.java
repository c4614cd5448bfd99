package xenith.gateway.ec2.front;

import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.wss4j.dom.WSConstants;
import org.w3c.dom.Document;
import xenith.gateway.http.HttpRequest;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.soap.SoapAuthenticator;
import xenith.security.soap.VerifiedMessage;
import xenith.security.xml.MalformedXmlException;
import xenith.security.xml.SafeXml;

/**
 * Stands before everything that CXF does with an EC2 message: parses it within bounds and verifies its signature. What
 * CXF and the provider see afterwards are the very nodes that were verified.
 */
final class SoapGuard extends AbstractSoapInterceptor {
    private static final QName SECURITY = new QName(WSConstants.WSSE_NS, "Security");

    private final SafeXml xml;
    private final SoapAuthenticator authenticator;

    SoapGuard(SafeXml xml, SoapAuthenticator authenticator) {
        super(Phase.RECEIVE);
        this.xml = xml;
        this.authenticator = authenticator;
    }

    @Override
    public Set<QName> getUnderstoodHeaders() {
        return Set.of(SECURITY);
    }

    @Override
    public void handleMessage(SoapMessage message) {
        HttpRequest request = SoapExchange.request(message);
        try {
            Document document = parse(request.body());
            VerifiedMessage verified = authenticator.authenticate(
                    document, request.field("SOAPAction").orElse(null));
            message.getExchange().put(VerifiedMessage.class, verified);
            message.setContent(XMLStreamReader.class, StaxUtils.createXMLStreamReader(document));
        } catch (RuntimeException | StackOverflowError thrown) {
            throw SoapExchange.fault(thrown, request);
        }
    }

    private Document parse(byte[] body) {
        try {
            return xml.parse(body);
        } catch (MalformedXmlException malformed) {
            throw new RefusedException(Refusal.MALFORMED_ENVELOPE, "The parser says: " + malformed.getMessage() + ".");
        }
    }
}
