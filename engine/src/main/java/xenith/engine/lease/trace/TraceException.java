package xenith.engine.lease.trace;

/** A trace cannot be read. The message begins with {@code FILE:LINE:COLUMN:}. */
public final class TraceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    TraceException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1. */
    public int column() {
        return column;
    }
}
