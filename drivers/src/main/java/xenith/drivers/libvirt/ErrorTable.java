package xenith.drivers.libvirt;

import static org.libvirt.Error.ErrorNumber.*;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.libvirt.Error;
import org.libvirt.Error.ErrorDomain;
import org.libvirt.Error.ErrorNumber;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * What libvirt's errors mean to the engine. An error that is in none of the sets was answered by a host that tried and
 * gave up: nothing took effect, and another try may help.
 */
final class ErrorTable {
    /** The request is at fault; the host will never do it. */
    private static final Set<ErrorNumber> REFUSED = EnumSet.of(
            VIR_ERR_NO_SUPPORT,
            VIR_ERR_INVALID_ARG,
            VIR_ERR_OS_TYPE,
            VIR_ERR_NO_KERNEL,
            VIR_ERR_NO_ROOT,
            VIR_ERR_NO_SOURCE,
            VIR_ERR_NO_TARGET,
            VIR_ERR_NO_NAME,
            VIR_ERR_NO_OS,
            VIR_ERR_XML_ERROR,
            VIR_ERR_XML_DETAIL,
            VIR_ERR_XML_INVALID_SCHEMA,
            VIR_ERR_OPERATION_DENIED,
            VIR_ERR_ACCESS_DENIED,
            VIR_ERR_NO_DOMAIN,
            VIR_ERR_NO_NETWORK,
            VIR_ERR_INVALID_MAC,
            VIR_ERR_CONFIG_UNSUPPORTED,
            VIR_ERR_ARGUMENT_UNSUPPORTED,
            VIR_ERR_OPERATION_UNSUPPORTED,
            VIR_ERR_CPU_INCOMPATIBLE,
            VIR_ERR_MIGRATE_UNSAFE,
            VIR_ERR_OVERFLOW);

    /** The answer does not say whether it took effect. */
    private static final Set<ErrorNumber> UNSURE =
            EnumSet.of(VIR_ERR_RPC, VIR_ERR_OPERATION_TIMEOUT, VIR_ERR_MIGRATE_FINISH_OK);

    /** Whoever says this is the connection between us and the host, not the hypervisor. */
    private static final Set<ErrorDomain> CONNECTION = EnumSet.of(
            ErrorDomain.VIR_FROM_RPC,
            ErrorDomain.VIR_FROM_REMOTE,
            ErrorDomain.VIR_FROM_SSH,
            ErrorDomain.VIR_FROM_LIBSSH);

    /** A URI of which no later try can make a connection. */
    private static final Set<ErrorNumber> UNUSABLE_URI =
            EnumSet.of(VIR_ERR_NO_CONNECT, VIR_ERR_INVALID_ARG, VIR_ERR_CONF_SYNTAX, VIR_ERR_CONFIG_UNSUPPORTED);

    /** What libvirt says on connecting that does not say what is wrong, and what is. */
    private static final Map<String, String> MEANINGS = Map.of(
            "Unable to read TLS confirmation",
            "the host does not accept our client certificate",
            "no connection driver available",
            "the host has another hypervisor than the URI says, or libvirt there lacks its driver",
            "Failed to verify peer's certificate",
            "the host's certificate is of another authority than pkipath's");

    private ErrorTable() {}

    /** The domain is not there, whether it never was or went away between two calls. */
    static boolean domainIsAbsent(Error error) {
        return error.getCode() == VIR_ERR_NO_DOMAIN;
    }

    /** Whether it is certain that what was asked did not, and will not, take effect. */
    static boolean hasFailed(Error error) {
        return !connectionIsAtFault(error) && !UNSURE.contains(error.getCode());
    }

    static boolean connectionIsAtFault(Error error) {
        return CONNECTION.contains(error.getDomain());
    }

    /**
     * @param call what was asked, for the message
     * @param changes whether the call would have changed something
     */
    static DriverException failure(String call, Error error, boolean changes) {
        return new DriverException(kind(error, changes), call + ": " + text(error));
    }

    static DriverException connecting(String uri, Error error) {
        Failure kind = UNUSABLE_URI.contains(error.getCode()) ? Failure.REFUSED : Failure.UNREACHABLE;
        String text = text(error);
        String meaning = MEANINGS.entrySet().stream()
                .filter(words -> text.contains(words.getKey()))
                .map(words -> "; " + words.getValue())
                .findFirst()
                .orElse("");
        return new DriverException(kind, "connecting to " + uri + ": " + text + meaning);
    }

    private static Failure kind(Error error, boolean changes) {
        if (connectionIsAtFault(error)) {
            return changes ? Failure.UNKNOWN : Failure.UNREACHABLE;
        }
        if (UNSURE.contains(error.getCode())) {
            return changes ? Failure.UNKNOWN : Failure.FAILED;
        }
        return REFUSED.contains(error.getCode()) ? Failure.REFUSED : Failure.FAILED;
    }

    private static String text(Error error) {
        return error.getMessage() == null
                ? error.getCode().toString()
                : error.getMessage().strip().replaceAll("\\s*\n\\s*", " ");
    }
}
