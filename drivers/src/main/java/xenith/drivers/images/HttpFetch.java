package xenith.drivers.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Fetches a file by HTTP/1.1 (RFC 9112). The address that was judged is the one that is connected to, which Java's own
 * clients cannot promise: they look the name up again.
 */
final class HttpFetch {
    private static final int SILENCE_MILLIS = 30_000;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final FetchLimits limits;

    HttpFetch(FetchLimits limits) {
        this.limits = limits;
    }

    /** @throws DriverException {@code REFUSED} for what no later try can change */
    void fetch(URI address, Path file, MessageDigest digest) throws IOException, DriverException {
        Deadline deadline = new Deadline(limits.time());
        URI next = address;
        for (int hop = 0; hop <= limits.maxRedirects(); hop++) {
            Optional<URI> elsewhere = hop(next, file, digest, deadline);
            if (elsewhere.isEmpty()) {
                return;
            }
            next = elsewhere.get();
        }
        throw refused(address, "leads to more than " + limits.maxRedirects() + " others in a row");
    }

    private Optional<URI> hop(URI address, Path file, MessageDigest digest, Deadline deadline)
            throws IOException, DriverException {
        try (Socket socket = connected(address, deadline)) {
            socket.getOutputStream().write(request(address));
            InputStream in = deadline.guard(socket.getInputStream());
            HttpAnswer answer = HttpAnswer.read(in);
            if (REDIRECTS.contains(answer.status())) {
                return Optional.of(elsewhere(address, answer));
            }
            if (answer.status() != 200) {
                throw refused(address, "is answered with status " + answer.status());
            }
            copy(address, answer.body(in), file, digest);
            return Optional.empty();
        }
    }

    private Socket connected(URI address, Deadline deadline) throws IOException, DriverException {
        boolean tls = address.getScheme().equalsIgnoreCase("https");
        int port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(judged(address, port), port), (int)
                    Math.min(SILENCE_MILLIS, deadline.leftMillis()));
            socket.setSoTimeout(SILENCE_MILLIS);
            return tls ? secured(socket, host(address), port) : socket;
        } catch (IOException | DriverException e) {
            socket.close();
            throw e;
        }
    }

    /** Every address of the name must be fit, so that no order of them matters. */
    private InetAddress judged(URI address, int port) throws DriverException, IOException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host(address));
        } catch (UnknownHostException e) {
            throw new IOException("host name is not known", e);
        }
        for (InetAddress one : all) {
            Optional<String> refusal = limits.addresses().refusal(host(address), port, one);
            if (refusal.isPresent()) {
                throw refused(address, "leads to " + refusal.get());
            }
        }
        return all[0];
    }

    private static Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static byte[] request(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        List<String> lines = List.of(
                "GET " + path + query + " HTTP/1.1",
                "Host: " + address.getHost() + port,
                "User-Agent: xenith",
                "Accept: */*",
                "Accept-Encoding: identity",
                "Connection: close",
                "",
                "");
        return String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII);
    }

    private static URI elsewhere(URI address, HttpAnswer answer) throws DriverException {
        String location = answer.header("location").orElse("");
        try {
            URI next = address.resolve(location);
            boolean http = next.getScheme().equalsIgnoreCase("http")
                    || next.getScheme().equalsIgnoreCase("https");
            boolean downgrade = address.getScheme().equalsIgnoreCase("https")
                    && next.getScheme().equalsIgnoreCase("http");
            if (!http || downgrade || next.getHost() == null || next.getRawUserInfo() != null) {
                throw refused(address, "leads to an address that may not be used");
            }
            return next;
        } catch (IllegalArgumentException e) {
            throw refused(address, "leads to no address");
        }
    }

    private void copy(URI address, InputStream body, Path file, MessageDigest digest)
            throws IOException, DriverException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                total += read;
                if (total > limits.maxBytes()) {
                    throw refused(address, "has more than " + limits.maxBytes() + " bytes");
                }
                digest.update(chunk, 0, read);
                out.write(chunk, 0, read);
            }
        }
    }

    /** An IPv6 address without its brackets. */
    private static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static DriverException refused(URI address, String why) {
        // Not the whole address: its query may be a credential.
        return new DriverException(
                Failure.REFUSED, "image address " + address.getScheme() + "://" + address.getAuthority() + " " + why);
    }
}
