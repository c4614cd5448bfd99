package xenith.drivers.libvirt;

import org.libvirt.Error;

/** A call through {@link LibvirtExtra} has failed; libvirt-java's own exception cannot be made outside of it. */
public final class NativeCallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Error error;

    NativeCallException(Error error) {
        super(error.getMessage());
        this.error = error;
    }

    Error error() {
        return error;
    }
}
