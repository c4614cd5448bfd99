package xenith.gateway.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import xenith.security.PrivateFile;

/** The file that a user's shell reads before EC2's clients. POSIX shell; readable by its owner alone. */
final class XenithRc {
    private XenithRc() {}

    /** Writes it anew. */
    static void write(Path home, Endpoints endpoints, String region, Bootstrap.Operator operator) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("XENITH_HOME", home.toString());
        variables.put("AWS_ACCESS_KEY_ID", operator.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", operator.secretAccessKey());
        variables.put("AWS_DEFAULT_REGION", region);
        variables.put("AWS_ENDPOINT_URL", endpoints.url());
        variables.put("EC2_URL", endpoints.url());
        endpoints.tlsUrl().ifPresent(url -> variables.put("XENITH_TLS_URL", url));
        endpoints.authority().ifPresent(file -> variables.put("AWS_CA_BUNDLE", file.toString()));
        variables.put("EC2_ACCESS_KEY", operator.accessKeyId());
        variables.put("EC2_SECRET_KEY", operator.secretAccessKey());
        variables.put("EC2_PRIVATE_KEY", operator.privateKeyFile().toString());
        variables.put("EC2_CERT", operator.certificateFile().toString());
        StringBuilder text = new StringBuilder("# Read by: . xenithrc\n");
        variables.forEach((name, value) -> text.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        String bin = home.resolve("bin").toString();
        text.append("case \":$PATH:\" in *:")
                .append(quoted(bin))
                .append(":*) ;; *) export PATH=")
                .append(quoted(bin))
                .append(":\"$PATH\" ;; esac\n");
        PrivateFile.write(home.resolve("xenithrc"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** In single quotes nothing has a meaning but the single quote. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
