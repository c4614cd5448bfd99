package xenith.security;

import java.util.Objects;

/**
 * A request was refused. The message may be shown to the sender: it never holds a secret or an expected signature, and
 * it names the sender's own values only in a shortened, printable form.
 */
public final class RefusedException extends RuntimeException {
    private static final int MAX_QUOTED_CHARS = 100;

    private final Refusal refusal;

    public RefusedException(Refusal refusal) {
        this(refusal, "");
    }

    /**
     * A refusal that says more.
     *
     * @param detail what exactly, as a whole sentence; may be empty
     */
    public RefusedException(Refusal refusal, String detail) {
        super(detail.isEmpty() ? refusal.message() : refusal.message() + " " + detail);
        this.refusal = Objects.requireNonNull(refusal, "refusal");
    }

    public Refusal refusal() {
        return refusal;
    }

    /** A value sent by a stranger, made fit to stand in a message: short, printable, in quotes. */
    public static String quote(String value) {
        StringBuilder printable = new StringBuilder("'");
        value.codePoints()
                .limit(MAX_QUOTED_CHARS)
                .map(point -> Character.isISOControl(point) || !Character.isDefined(point) ? '?' : point)
                .forEach(printable::appendCodePoint);
        return printable
                .append(value.length() > MAX_QUOTED_CHARS ? "...'" : "'")
                .toString();
    }
}
