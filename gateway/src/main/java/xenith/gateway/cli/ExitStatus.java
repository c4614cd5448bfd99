package xenith.gateway.cli;

/** What the command line ends with. */
enum ExitStatus {
    OK(0),
    /** The service refused, or something went wrong on the way that trying again does not mend. */
    REFUSED(1),
    /** The command was not understood; nothing was sent. */
    USAGE(2),
    NOT_REACHABLE(3);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
