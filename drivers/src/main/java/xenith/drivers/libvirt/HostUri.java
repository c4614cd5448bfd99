package xenith.drivers.libvirt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * A host's libvirt URI, read by an allow-list: libvirt's own reading knows transports and parameters that run programs
 * on this machine. Two parameters are ours and are taken out: {@code xenith_domain_type}, {@code qemu} or {@code kvm} for
 * hosts whose libvirt believes in a KVM that executes nothing; and {@code xenith_pool}, for hosts that do not see the
 * image store.
 *
 * @param connectUri what libvirt is given
 * @param driver {@code qemu}, {@code xen} or {@code test}
 * @param local whether the host is this machine, so that its files are ours to read
 * @param domainType empty to ask the host
 * @param pool the host's storage pool that images are uploaded into; empty for a host that sees the image store
 */
public record HostUri(
        String connectUri, String driver, boolean local, Optional<String> domainType, Optional<String> pool) {
    private static final String DOMAIN_TYPE = "xenith_domain_type";
    private static final String POOL = "xenith_pool";
    private static final Set<String> DRIVERS = Set.of("qemu", "xen", "test");
    private static final Set<String> TRANSPORTS = Set.of("", "unix", "tls", "tcp", "ssh");
    private static final Set<String> DOMAIN_TYPES = Set.of("qemu", "kvm");
    /** A parameter and what its value may be: no spaces and no quotes, since some end up on ssh's command line. */
    private static final Map<String, Pattern> PARAMETERS = Map.of(
            "socket",
            Pattern.compile("/[A-Za-z0-9._~%/-]+"),
            "pkipath",
            Pattern.compile("/[A-Za-z0-9._~%/-]+"),
            "keyfile",
            Pattern.compile("/[A-Za-z0-9._~%/-]+"),
            "known_hosts",
            Pattern.compile("/[A-Za-z0-9._~%/-]+"),
            "no_tty",
            Pattern.compile("[01]"),
            "no_verify",
            Pattern.compile("[01]"),
            DOMAIN_TYPE,
            Pattern.compile("[a-z]+"),
            POOL,
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"));

    /** @throws DriverException {@code REFUSED}, naming what is wrong */
    public static HostUri parse(String text) throws DriverException {
        URI uri = syntax(text);
        if (uri.getFragment() != null) {
            throw refused(text, "it has a fragment");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        int plus = scheme.indexOf('+');
        String driver = plus < 0 ? scheme : scheme.substring(0, plus);
        String transport = plus < 0 ? "" : scheme.substring(plus + 1);
        if (!DRIVERS.contains(driver) || !TRANSPORTS.contains(transport)) {
            throw refused(text, "its scheme is not qemu, xen or test with unix, tls, tcp, ssh or nothing");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        if (!authority.matches(
                "([A-Za-z0-9][A-Za-z0-9._-]*@)?(([A-Za-z0-9][A-Za-z0-9.-]*)|\\[[0-9a-fA-F:.]+])?(:[0-9]{1,5})?")) {
            throw refused(text, "'" + authority + "' is not [user@]host[:port]");
        }
        List<String> kept = new ArrayList<>();
        Optional<String> domainType = Optional.empty();
        Optional<String> pool = Optional.empty();
        for (String parameter : parameters(text, uri)) {
            if (parameter.startsWith(DOMAIN_TYPE + "=")) {
                domainType = Optional.of(parameter.substring(DOMAIN_TYPE.length() + 1));
            } else if (parameter.startsWith(POOL + "=")) {
                pool = Optional.of(parameter.substring(POOL.length() + 1));
            } else {
                kept.add(parameter);
            }
        }
        if (!domainType.map(DOMAIN_TYPES::contains).orElse(true)) {
            throw refused(text, DOMAIN_TYPE + " is not qemu or kvm");
        }
        int query = text.indexOf('?');
        String base = query < 0 ? text : text.substring(0, query);
        String connectUri = kept.isEmpty() ? base : base + "?" + String.join("&", kept);
        return new HostUri(connectUri, driver, authority.isEmpty(), domainType, pool);
    }

    private static URI syntax(String text) throws DriverException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused(text, e.getReason());
        }
    }

    private static List<String> parameters(String text, URI uri) throws DriverException {
        if (uri.getRawQuery() == null) {
            return List.of();
        }
        List<String> parameters = List.of(uri.getRawQuery().split("&", -1));
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            Pattern allowed = PARAMETERS.get(name);
            if (allowed == null) {
                throw refused(text, "parameter '" + name + "' may not be used");
            }
            if (!allowed.matcher(parameter.substring(equals + 1)).matches()) {
                throw refused(text, "parameter '" + name + "' has a value that may not be used");
            }
        }
        return parameters;
    }

    /** libvirt's test driver: hosts that exist within this process only. */
    boolean inProcess() {
        return driver.equals("test");
    }

    private static DriverException refused(String text, String why) {
        return new DriverException(Failure.REFUSED, "libvirt URI '" + text + "': " + why);
    }

    @Override
    public String toString() {
        return connectUri;
    }
}
