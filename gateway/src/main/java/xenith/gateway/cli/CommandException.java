package xenith.gateway.cli;

/** A command cannot be done; the message is for people. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    CommandException(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    ExitStatus status() {
        return status;
    }
}
