package xenith.gateway.server;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import xenith.engine.store.StoreUnavailableException;
import xenith.security.SecretBoxException;
import xenith.security.x509.InvalidCertificateException;

/** The gateway's process: {@code --home DIR}. Exits with 2 for wrong use or configuration, 1 when it cannot start. */
public final class Main {
    private static final int CANNOT_START = 1;
    private static final int WRONG_USE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2 || !arguments[0].equals("--home")) {
            System.err.println("usage: xenith.gateway.server.Main --home DIR");
            System.exit(WRONG_USE);
        }
        try {
            run(Path.of(arguments[1]).toAbsolutePath().normalize());
        } catch (ConfigurationException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(WRONG_USE);
        } catch (IOException
                | InvalidCertificateException
                | StoreUnavailableException
                | SecretBoxException
                | IllegalArgumentException failure) {
            LoggerFactory.getLogger(Main.class).error("the gateway cannot start", failure);
            System.err.println("the gateway cannot start: " + failure.getMessage());
            System.exit(CANNOT_START);
        }
    }

    private static void run(Path directory) throws IOException, ConfigurationException, InvalidCertificateException {
        Home home = Home.open(directory);
        Configuration configuration = Configuration.read(home.path("xenith.conf"));
        // Before the first logger and the first connection: both read these once.
        System.setProperty("xenith.log", home.path("log").toString());
        System.setProperty("xenith.log.level", configuration.logLevel());
        System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
        System.setProperty(
                "derby.stream.error.file", home.path("log").resolve("derby.log").toString());
        Gateway gateway = Gateway.start(home, configuration, () -> System.exit(0));
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
    }
}
