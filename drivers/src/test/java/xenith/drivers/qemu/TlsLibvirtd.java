package xenith.drivers.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A libvirtd that listens with TLS on loopback, in a mount namespace of its own, and two authorities: its own, of which
 * its certificate and those of clients that it admits are, and another. Needs root, and the folders of libvirt, as a
 * {@link LocalHypervisor} makes them.
 */
final class TlsLibvirtd {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String CONFIGURATION = """
            listen_tls = 1
            listen_tcp = 0
            listen_addr = "127.0.0.1"
            tls_port = "%d"
            auth_tls = "none"
            key_file = "%2$s/server/serverkey.pem"
            cert_file = "%2$s/server/servercert.pem"
            ca_file = "%2$s/own/cacert.pem"
            """;
    private static final String QEMU_CONFIGURATION = """
            user = "root"
            group = "root"
            security_driver = "none"
            namespaces = []
            cgroup_controllers = []
            stdio_handler = "file"
            """;
    private static final String START = """
            mount --make-rprivate /
            (grep -v '^libvirt-qemu:' /etc/passwd; echo libvirt-qemu:x:64055:64055::/:/usr/sbin/nologin) >"$1/passwd"
            (grep -v '^libvirt-qemu:' /etc/group; echo libvirt-qemu:x:64055:) >"$1/group"
            mount --bind "$1/passwd" /etc/passwd
            mount --bind "$1/group" /etc/group
            mount --bind "$1/run" /run/libvirt
            for folder in lib etc cache log; do mkdir -p "$1/$folder"; done
            mount --bind "$1/lib" /var/lib/libvirt
            mount --bind "$1/etc" /etc/libvirt
            mount --bind "$1/cache" /var/cache/libvirt
            mount --bind "$1/log" /var/log/libvirt
            exec libvirtd --listen -f "$1/etc/libvirtd.conf" -p "$1/libvirtd.pid"
            """;
    /** libvirt looks for these names in a pkipath. */
    private static final String CERTIFY = """
            set -e
            cd "$1"
            authority() {
                mkdir -p $1
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=authority $1" \\
                    -keyout $1/cakey.pem -out $1/cacert.pem -addext basicConstraints=critical,CA:TRUE
            }
            certificate() {
                mkdir -p $3
                openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout $3/$4key.pem -out $3/$4.csr
                printf 'subjectAltName=IP:127.0.0.1\\nextendedKeyUsage=serverAuth,clientAuth\\n' >$3/extensions
                openssl x509 -req -days 2 -in $3/$4.csr -CA $1/cacert.pem -CAkey $1/cakey.pem -CAcreateserial \\
                    -extfile $3/extensions -out $3/$4cert.pem
            }
            authority own
            authority other
            certificate own server server server
            certificate own client admitted client
            certificate other client stranger client
            certificate other client distrusting client
            cp own/cacert.pem admitted/
            cat own/cacert.pem other/cacert.pem >stranger/cacert.pem
            cp other/cacert.pem distrusting/
            """;

    private final Process process;
    private final Path home;
    private final int port;

    private TlsLibvirtd(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    static TlsLibvirtd start(Path home) throws IOException, InterruptedException {
        Process certify = new ProcessBuilder("bash", "-c", CERTIFY, "certify", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("certify.log").toFile())
                .start();
        assertThat(certify.waitFor())
                .as(Files.readString(home.resolve("certify.log")))
                .isZero();
        int port = freePort();
        for (String folder : List.of("etc", "run")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("etc/libvirtd.conf"), CONFIGURATION.formatted(port, home));
        Files.writeString(home.resolve("etc/qemu.conf"), QEMU_CONFIGURATION);
        Process process = new ProcessBuilder("unshare", "-m", "bash", "-e", "-c", START, "libvirtd", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("libvirtd.log").toFile())
                .start();
        TlsLibvirtd libvirtd = new TlsLibvirtd(process, home, port);
        libvirtd.awaitListening();
        return libvirtd;
    }

    /** A port that nobody has just now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!listens()) {
            assertThat(process.isAlive() && System.nanoTime() - end < 0)
                    .as("libvirtd listens; it said: %s", Files.readString(home.resolve("libvirtd.log")))
                    .isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param client {@code admitted}, {@code stranger} of another authority, or {@code distrusting} of this one */
    String uri(String client) {
        return "qemu+tls://127.0.0.1:" + port + "/system?pkipath=" + home.resolve(client);
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
