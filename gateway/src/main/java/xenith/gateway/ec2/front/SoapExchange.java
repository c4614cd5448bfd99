package xenith.gateway.ec2.front;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import xenith.gateway.ec2.codec.ErrorWriter;
import xenith.gateway.http.HttpRequest;

/** What CXF's messages carry of ours. */
final class SoapExchange {
    private static final ErrorWriter ERRORS = new ErrorWriter();

    private SoapExchange() {}

    static HttpRequest request(Message message) {
        Message received = message.getExchange().getInMessage();
        HttpServletRequest servlet =
                (HttpServletRequest) (received == null ? message : received).get(AbstractHTTPDestination.HTTP_REQUEST);
        return (HttpRequest) servlet.getAttribute(HttpRequest.ATTRIBUTE);
    }

    /** The fault that CXF sends for what was thrown. */
    static SoapFault fault(Throwable thrown, HttpRequest request) {
        return fault(Failure.of(thrown), request);
    }

    static SoapFault fault(Failure failure, HttpRequest request) {
        SoapFault fault = new SoapFault(failure.error().getMessage(), ERRORS.soapCode(failure.error()));
        Document document = DOMUtils.createDocument();
        Element detail = document.createElement("detail");
        Element id = document.createElement("RequestID");
        id.setTextContent(request.id());
        detail.appendChild(id);
        fault.setDetail(detail);
        return fault;
    }
}
