package xenith.gateway.ec2.front;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import xenith.gateway.ec2.codec.ErrorWriter;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** CXF as a servlet, and before it the one thing that CXF would fail at instead of refusing it. */
final class SoapServlet extends CXFNonSpringServlet {
    private static final long serialVersionUID = 1L;

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^;\"\\s]+)");

    private static final int FAULT_STATUS = 500;

    private final transient ErrorWriter errors = new ErrorWriter();

    @Override
    protected void invoke(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        if (hasKnownCharset(request.getHeader("Content-Type"))) {
            super.invoke(request, response);
        } else {
            refuse((HttpRequest) request.getAttribute(HttpRequest.ATTRIBUTE), response);
        }
    }

    private static boolean hasKnownCharset(String contentType) {
        Matcher charset = CHARSET.matcher(contentType == null ? "" : contentType);
        try {
            return !charset.find() || Charset.isSupported(charset.group(1));
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }

    private void refuse(HttpRequest request, HttpServletResponse response) {
        Failure failure = Failure.of(
                new RefusedException(Refusal.MALFORMED_ENVELOPE, "The charset of its Content-Type is not known."));
        response.setStatus(FAULT_STATUS);
        response.setContentType(HttpAnswer.XML);
        try {
            errors.writeSoapFault(failure.error(), request.id(), response.getOutputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
