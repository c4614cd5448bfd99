package xenith.gateway.api;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;
import org.apache.cxf.logging.FaultListener;

/** JAX-RS as a servlet, which stops the gateway after the answer to a request for that. */
final class ApiServlet extends CXFNonSpringJaxrsServlet {
    private static final long serialVersionUID = 1L;

    private final transient Runnable stop;

    ApiServlet(Application application, Runnable stop) {
        super(application);
        this.stop = stop;
    }

    @Override
    public void init(ServletConfig configuration) throws ServletException {
        super.init(configuration);
        // What goes wrong is logged by FailureMapper; CXF would log each client that hangs up with its stack.
        getBus().setProperty(FaultListener.class.getName(), (FaultListener) (exception, description, message) -> false);
    }

    @Override
    protected void invoke(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        super.invoke(request, response);
        if (Exchange.of(request).stops()) {
            try {
                response.flushBuffer();
            } catch (IOException gone) {
                log("the client of the shutdown did not wait for its answer: " + gone.getMessage());
            }
            new Thread(stop, "shutdown").start();
        }
    }
}
