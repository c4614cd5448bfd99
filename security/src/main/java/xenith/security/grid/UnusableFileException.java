package xenith.security.grid;

import java.nio.file.Path;

/** A file is missing, damaged or not protected as it must be; the message names it, so it is not for strangers. */
public final class UnusableFileException extends Exception {
    UnusableFileException(Path file, String reason) {
        super(file + ": " + reason);
    }
}
