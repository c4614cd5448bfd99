package xenith.gateway.ec2.front;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import xenith.gateway.http.HttpRequest;
import xenith.security.soap.SoapAuthenticator;
import xenith.security.xml.SafeXml;

/** EC2's SOAP endpoint on CXF, as a servlet. */
public final class Ec2Soap {
    /** Where the servlet is to be mounted. */
    public static final String MOUNT = "/soap/*";

    /** What it must see as the path, whatever the client wrote. */
    public static final String PATH = "/soap/ec2";

    private static final String ADDRESS = "/ec2";

    private static final Set<String> XML_TYPES =
            Set.of("text/xml", "application/xml", "application/soap+xml", "multipart/related");

    private Ec2Soap() {}

    /** Whether the request is a SOAP message. */
    public static boolean takes(HttpRequest request) {
        return request.method().equals("POST")
                && (XML_TYPES.contains(request.mediaType().toLowerCase(Locale.ROOT))
                        || request.field("SOAPAction").isPresent());
    }

    public static CXFNonSpringServlet servlet(SafeXml xml, SoapAuthenticator authenticator, SoapFront front) {
        Bus bus = new CXFBusFactory().createBus();
        JaxWsServerFactoryBean endpoint = new JaxWsServerFactoryBean();
        endpoint.setBus(bus);
        endpoint.setAddress(ADDRESS);
        endpoint.setServiceBean(front);
        endpoint.getInInterceptors().add(new SoapGuard(xml, authenticator));
        // What goes wrong is logged where it becomes a fault; CXF would log each refusal with its stack.
        endpoint.setProperties(
                Map.of(FaultListener.class.getName(), (FaultListener) (exception, description, message) -> false));
        endpoint.create();
        CXFNonSpringServlet servlet = new SoapServlet();
        servlet.setBus(bus);
        return servlet;
    }
}
