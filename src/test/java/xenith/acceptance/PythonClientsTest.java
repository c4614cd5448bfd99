package xenith.acceptance;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole session by Python's EC2 clients, of Debian's versions, on simulated hosts. */
class PythonClientsTest {
    private static RunningCloud cloud;

    @BeforeAll
    static void up() {
        cloud = RunningCloud.simulated(4);
    }

    @AfterAll
    static void down() {
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"boto3_session.py", "boto_session.py"})
    void theSessionRunsThrough(String script) {
        String file =
                RunningCloud.ROOT.resolve("src/test/clients").resolve(script).toString();
        cloud.run("/usr/bin/python3", file).succeeded();
    }
}
