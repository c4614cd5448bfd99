package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import xenith.security.grid.GridPathValidator;
import xenith.security.grid.Made;
import xenith.security.grid.TrustFiles;
import xenith.security.soap.SoapHarness.Signing;
import xenith.security.x509.CertifiedKey;

/** A grid with one authority, a user and a proxy, and messages of Globus Toolkit 4.0's client signed as it signs them. */
final class GridHarness {
    static final String PATH = "/wsrf/services/WorkspaceService";
    static final String ACTION = "\"http://www.globus.org/2008/06/workspace/WorkspacePortType/startRequest\"";
    static final String WORKSPACE = "http://www.globus.org/2008/06/workspace";
    static final List<String> PARTS = List.of("Timestamp", "Body", "Action", "To", "From", "WorkspaceKey", "MessageID");

    static final Made ROOT = Made.root("/O=Grid/CN=Root");
    static final Made ALICE = ROOT.user("/O=Grid/CN=Alice User");
    static final Made PROXY = ALICE.proxy();

    /** As recorded from the client, unsigned; the host's name was changed. */
    static final String START = resource("globus-start-request.xml");

    final TrustFiles files;

    GridHarness(Path directory) {
        this.files = new TrustFiles(directory).trust(ROOT, "/O=Grid/*");
    }

    static String resource(String name) {
        try (InputStream file = GridHarness.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Signing signing() {
        return Signing.old().only(PARTS.toArray(String[]::new));
    }

    static CertifiedKey credential(Made... signerFirst) {
        return new CertifiedKey(Stream.of(signerFirst).map(Made::certificate).toList(), signerFirst[0].privateKey());
    }

    static String sign(Signing signing, Made... signerFirst) {
        return SoapHarness.sign(START, signing, credential(signerFirst));
    }

    /** The message that the client sends with a proxy. */
    static String genuine() {
        return sign(signing(), PROXY, ALICE);
    }

    GridMessage authenticate(String message) {
        return authenticate(files.validator(), message);
    }

    static GridMessage authenticate(GridPathValidator paths, String message) {
        return authenticate(paths, SoapHarness.parse(message));
    }

    static GridMessage authenticate(GridPathValidator paths, Document message) {
        return new GridAuthenticator(paths, Sha1Policy.ALLOW, Made.CLOCK).authenticate(message, ACTION, PATH);
    }
}
