package xenith.acceptance;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

    @Test
    void attributesPermissionsAndGroupsAreAsAtEc2() {
        String rc = cloud.home().resolve("fred").toString();
        cloud.xenith("account", "add", "friends").succeeded();
        cloud.xenith("user", "add", "fred", "--account", "friends", "--rc", rc).succeeded();
        cloud.run("/usr/bin/python3", script("boto3_attributes.py"), rc).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"boto3_session.py", "boto3_filters.py", "boto_session.py"})
    void theSessionRunsThrough(String script) {
        cloud.run("/usr/bin/python3", script(script)).succeeded();
    }

    private static String script(String name) {
        return RunningCloud.ROOT.resolve("src/test/clients").resolve(name).toString();
    }
}
