package xenith.security.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.Pem;

/** A grid's authority, user and trust directory, all made by OpenSSL, valid today. */
record OpensslGrid(Path folder, Tool tool) {
    static OpensslGrid create(Path folder) throws IOException {
        OpensslGrid grid = new OpensslGrid(folder, new Tool(folder));
        Files.createDirectory(grid.certificates());
        Files.writeString(folder.resolve("extensions"), """
                basicConstraints = critical, CA:FALSE
                keyUsage = critical, digitalSignature, keyEncipherment
                """);
        Files.writeString(folder.resolve("ca.conf"), """
                [ca]
                default_ca = grid
                [grid]
                database = index.txt
                default_md = sha256
                default_crl_days = 1
                """);
        Files.createFile(folder.resolve("index.txt"));
        grid.openssl(
                "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 10 -subj", "/O=Grid/CN=Test CA");
        grid.issue("alice", "/O=Grid/OU=Users/CN=Alice User");
        String hash = grid.openssl("x509 -noout -hash -in ca.pem");
        Files.copy(folder.resolve("ca.pem"), grid.certificates().resolve(hash + ".0"));
        Files.writeString(grid.certificates().resolve(hash + ".signing_policy"), """
                access_id_CA  X509    '/O=Grid/CN=Test CA'
                pos_rights    globus  CA:sign
                cond_subjects globus  '"/O=Grid/*"'
                """);
        return grid;
    }

    Path certificates() {
        return folder.resolve("certificates");
    }

    /** A certificate in NAME.pem and its key in NAME.key. */
    void issue(String name, String subject) {
        openssl("req -newkey rsa:2048 -nodes -keyout " + name + ".key -out " + name + ".csr -subj", subject);
        openssl("x509 -req -in " + name
                + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 5 -extfile extensions -out " + name + ".pem");
    }

    /** Runs openssl with these words, and one more that may hold blanks. */
    String openssl(String words, String... last) {
        List<String> all = new ArrayList<>(List.of("openssl"));
        all.addAll(List.of(words.split(" ")));
        all.addAll(List.of(last));
        return tool.run(all.toArray(String[]::new));
    }

    /** The certificates of the file, such as those of a proxy, which has the key between them. */
    List<X509Certificate> chain(String file) throws IOException, InvalidCertificateException {
        return Pem.certificates(Files.readString(folder.resolve(file)));
    }

    GridPathValidator validator(GridStrength strength) {
        return new GridPathValidator(
                new TrustDirectory(certificates()), strength, RevocationPolicy.IF_PRESENT, Clock.systemUTC());
    }

    GridIdentity validate(String file) throws IOException, InvalidCertificateException {
        return validator(GridStrength.MODERN).validate(chain(file));
    }
}
