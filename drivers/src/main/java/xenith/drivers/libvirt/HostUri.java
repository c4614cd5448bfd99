package xenith.drivers.libvirt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
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
 * on this machine. Three parameters are ours and are taken out: {@code xenith_domain_type}, {@code qemu} or {@code kvm} for
 * hosts whose libvirt believes in a KVM that executes nothing; {@code xenith_pool}, for hosts that do not see the
 * image store; and {@code xenith_store}, for hosts whose pools are one directory.
 *
 * @param connectUri what libvirt is given
 * @param driver {@code qemu}, {@code xen} or {@code test}
 * @param local whether the host is this machine, so that its files are ours to read
 * @param domainType empty to ask the host
 * @param pool the host's storage pool that images are uploaded into; empty for a host that sees the image store
 * @param poolStore what names the directory behind the pool, for all hosts that share it; empty for a host that has it for
 *     itself
 */
public record HostUri(
        String connectUri,
        String driver,
        boolean local,
        Optional<String> domainType,
        Optional<String> pool,
        Optional<String> poolStore) {
    private static final String DOMAIN_TYPE = "xenith_domain_type";
    private static final String POOL = "xenith_pool";
    private static final String STORE = "xenith_store";
    private static final Set<String> OURS = Set.of(DOMAIN_TYPE, POOL, STORE);
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
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            STORE,
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
        Map<String, String> ours = new HashMap<>();
        for (String parameter : parameters(text, uri)) {
            String name = parameter.substring(0, parameter.indexOf('='));
            if (OURS.contains(name)) {
                ours.put(name, parameter.substring(name.length() + 1));
            } else {
                kept.add(parameter);
            }
        }
        if (!DOMAIN_TYPES.contains(ours.getOrDefault(DOMAIN_TYPE, "qemu"))) {
            throw refused(text, DOMAIN_TYPE + " is not qemu or kvm");
        }
        if (ours.containsKey(STORE) && !ours.containsKey(POOL)) {
            throw refused(text, STORE + " names a pool's store, and there is no " + POOL);
        }
        int query = text.indexOf('?');
        String base = query < 0 ? text : text.substring(0, query);
        String connectUri = kept.isEmpty() ? base : base + "?" + String.join("&", kept);
        return new HostUri(
                connectUri,
                driver,
                authority.isEmpty(),
                Optional.ofNullable(ours.get(DOMAIN_TYPE)),
                Optional.ofNullable(ours.get(POOL)),
                Optional.ofNullable(ours.get(STORE)));
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

    /** What names the store that the host's machines lie in: hosts of the same one see each other's disks. */
    String store(String hostName) {
        return poolStore
                .map(named -> "pools' store " + named)
                .or(() -> pool.map(own -> "pool " + own + " of " + hostName))
                .orElse("shared");
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
