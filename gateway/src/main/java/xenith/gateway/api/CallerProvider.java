package xenith.gateway.api;

import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.message.Message;
import xenith.engine.model.Caller;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Gives resources' methods the caller whom {@link Authentication} found. */
final class CallerProvider implements ContextProvider<Caller> {
    @Override
    public Caller createContext(Message message) {
        return Exchange.of(message).caller().orElseThrow(() -> new RefusedException(Refusal.MISSING_AUTHENTICATION));
    }
}
