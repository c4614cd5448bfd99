package xenith.gateway.server;

import java.nio.file.Path;
import java.util.List;

/** The configuration file is wrong; the message has a line for each thing. */
final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigurationException(Path file, List<String> problems) {
        super(file + ":\n  " + String.join("\n  ", problems));
    }
}
