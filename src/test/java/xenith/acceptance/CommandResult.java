package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command left. */
record CommandResult(String command, int status, String output, String errors) {
    /** The output, trimmed, of a command that must have succeeded. */
    String succeeded() {
        assertThat(status).as("%s%n%s%n%s", command, output, errors).isZero();
        return output.strip();
    }
}
