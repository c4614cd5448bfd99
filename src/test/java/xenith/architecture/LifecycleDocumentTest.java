package xenith.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.Transition;
import xenith.engine.model.Work;

/**
 * docs/lifecycle.md is generated from the table. After a change of the table, {@code mvn test -pl src/test -am
 * -Dxenith.docs.write=true} writes it anew.
 */
class LifecycleDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "lifecycle.md");

    @Test
    void theDocumentShowsTheTableAsItIs() throws IOException {
        String generated = document();
        if (Boolean.getBoolean("xenith.docs.write")) {
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(DOCUMENT).content().isEqualTo(generated);
    }

    private static String document() {
        String arrows = Lifecycle.table().stream()
                .map(row -> "    " + situation(row.state(), row.work()) + " --> "
                        + situation(row.nextState(), row.nextWork()) + " : " + row.event())
                .collect(Collectors.joining("\n"));
        String rows = Lifecycle.table().stream().map(LifecycleDocumentTest::row).collect(Collectors.joining("\n"));
        return """
                # The life of a virtual machine

                Generated from `xenith.engine.lifecycle.Lifecycle`; a test holds the two together. A situation is a state and,
                while something is being done, the work in hand. What the table does not have is not possible: a user's request is
                refused with `WRONG_STATE`, a driver's late answer is recorded as an event and changes nothing.

                ## Diagram

                ```mermaid
                stateDiagram-v2
                    [*] --> PENDING
                    [*] --> HELD
                %s
                    ENDED --> [*]
                ```

                ## Table

                | state | work in hand | event | next state | next work |
                | --- | --- | --- | --- | --- |
                %s
                """.formatted(arrows, rows);
    }

    private static String situation(Object state, Work work) {
        return work == Work.NONE ? state.toString() : state + "_" + work;
    }

    private static String row(Transition row) {
        return "| " + row.state() + " | " + words(row.work()) + " | " + row.event() + " | " + row.nextState() + " | "
                + words(row.nextWork()) + " |";
    }

    private static String words(Work work) {
        return work == Work.NONE ? "" : work.toString();
    }
}
