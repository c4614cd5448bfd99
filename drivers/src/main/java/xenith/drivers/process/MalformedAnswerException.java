package xenith.drivers.process;

/** An answer is not what the protocol says. The message names what is wrong with it. */
final class MalformedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
