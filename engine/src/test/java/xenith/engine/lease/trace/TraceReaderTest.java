package xenith.engine.lease.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.engine.lease.DiskImage;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.LeaseRequest;
import xenith.engine.lease.Site;

class TraceReaderTest {
    private static final Optional<Site> SITE = Optional.of(Site.parse("4 CPU:100 Memory:1024"));
    private static final String LWF = """
            <?xml version="1.0"?>
            <lease-workload name="small">
              <description>for tests</description>
              <site>
                <resource-types names="CPU Memory GPU"/>
                <nodes>
                  <node-set numnodes="2">
                    <res type="CPU" amount="200"/><res type="Memory" amount="2048"/><res type="GPU" amount="1"/>
                  </node-set>
                </nodes>
              </site>
              <lease-requests>
                <lease-request arrival="01:00:00:02.50">
                  <realduration time="00:10:00"/>
                  <lease id="7" preemptible="true">
                    <nodes>
                      <node-set numnodes="2"><res type="CPU" amount="100"/><res type="GPU" amount="1"/></node-set>
                    </nodes>
                    <start><exact time="26:00:00.00"/></start>
                    <duration time="00:30:00.00"/>
                    <deadline time="02:03:00:00"/>
                    <software><disk-image id="one.img" size="512"/></software>
                  </lease>
                </lease-request>
              </lease-requests>
            </lease-workload>
            """;

    @TempDir
    Path folder;

    private Workload read(String name, String text, Optional<Site> site) throws IOException, TraceException {
        return TraceReader.read(Files.writeString(folder.resolve(name), text), site);
    }

    @Test
    void aLeaseInXmlIsReadWithAllThatItSays() throws IOException, TraceException {
        Workload workload = read("small.lwf", LWF, Optional.empty());

        LeaseRequest lease = workload.requests().get(0);
        assertThat(workload.site().nodes()).hasSize(2);
        assertThat(lease.id()).isEqualTo(7);
        assertThat(lease.kind()).isEqualTo(LeaseKind.DEADLINE);
        assertThat(lease.arrivalMillis()).isEqualTo(86_402_500);
        assertThat(lease.startMillis()).hasValue(26 * 3_600_000L);
        assertThat(lease.deadlineMillis()).hasValue(51 * 3_600_000L);
        assertThat(lease.realDurationMillis()).hasValue(600_000);
        assertThat(lease.machines()).hasSize(2);
        assertThat(lease.machines().get(0).get(workload.site().types().index("GPU")))
                .isEqualTo(1);
        assertThat(lease.image()).contains(new DiskImage("one.img", 512));
    }

    @ParameterizedTest
    @CsvSource({
        "'<duration time=\"00:30:00.00\"/>', '<duration time=\"half an hour\"/>', 20, time 'half an hour' is not a time",
        "'<duration time=\"00:30:00.00\"/>', '<duration time=\"00:30:61\"/>', 20, above 59",
        "'<duration time=\"00:30:00.00\"/>', '', 13, the <lease> has no <duration>",
        "'<duration time=\"00:30:00.00\"/>', '<duration time=\"00:00:00\"/>', 13, duration 0 is below 1",
        "'amount=\"100\"/>', 'amount=\"many\"/>', 17, amount 'many' is not a whole number",
        "'amount=\"100\"/>', '/>', 17, has no attribute amount",
        "'numnodes=\"2\"><res type=\"CPU\" amount=\"100\"', 'numnodes=\"0\"><res type=\"CPU\" amount=\"100\"', 17, numnodes 0 is not 1",
        "'type=\"GPU\" amount=\"1\"/></node-set>', 'type=\"Disc\" amount=\"1\"/></node-set>', 13, resource Disc is none of",
        "'preemptible=\"true\"', 'preemptible=\"perhaps\"', 15, neither true nor false",
        "'<exact time=\"26:00:00.00\"/>', '<soon/>', 19, neither <exact> nor <now>",
        "'id=\"7\"', 'id=\"seven\"', 15, id 'seven' is not a whole number",
        "'</lease-request>', '', 25, lease-request",
        "'<?xml version=\"1.0\"?>', '<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>', 1, document type",
        "'names=\"CPU Memory GPU\"', 'names=\"CPU GPU\"', 4, lack Memory"
    })
    void aBrokenTraceIsRefusedWithItsFileAndLine(String right, String wrong, int line, String told) {
        assertThat(LWF).contains(right);

        assertThatThrownBy(() -> read("small.lwf", LWF.replace(right, wrong), Optional.empty()))
                .isInstanceOf(TraceException.class)
                .hasMessageMatching("small\\.lwf:" + line + ":[0-9]+: (?s).*")
                .hasMessageContaining(told);
    }

    @Test
    void anIdThatStandsTwiceIsRefused() {
        int from = LWF.indexOf("    <lease-request ");
        String request = LWF.substring(from, LWF.indexOf("  </lease-requests>"));

        assertThatThrownBy(() -> read("twice.lwf", LWF.replace(request, request + request), Optional.empty()))
                .hasMessageContaining("lease id 7 stands twice");
    }

    @Test
    void theOldFormHasALeaseALine() throws IOException, TraceException {
        Workload workload = read("old.lwf", """
                # Name: two
                0     900  900  900 2 1 1024 0 foobar1.img 1024
                2700   -1  900  300 1 1 512 0 foobar2.img 2048
                """, SITE);

        LeaseRequest reserved = workload.requests().get(0);
        LeaseRequest waiting = workload.requests().get(1);
        assertThat(reserved.kind()).isEqualTo(LeaseKind.ADVANCE_RESERVATION);
        assertThat(reserved.startMillis()).hasValue(900_000);
        assertThat(reserved.preemptible()).isFalse();
        assertThat(reserved.machines()).hasSize(2);
        assertThat(reserved.machines().get(0).get(0)).isEqualTo(100);
        assertThat(waiting.kind()).isEqualTo(LeaseKind.BEST_EFFORT);
        assertThat(waiting.realDurationMillis()).hasValue(300_000);
        assertThat(waiting.image()).contains(new DiskImage("foobar2.img", 2_048));
    }

    @ParameterizedTest
    @CsvSource({
        "0 900 900 900 2 1 1024 0 foobar.img, 2, 36, the line ends before field image size",
        "0 900 900 900 two 1 1024 0 foobar.img 1024, 2, 15, number of nodes 'two' is not a number",
        "0 900 0 900 2 1 1024 0 foobar.img 1024, 2, 7, duration 0 is not 1 to"
    })
    void aBrokenLineIsRefusedWithItsLineAndColumn(String text, int line, int column, String told) {
        assertThatThrownBy(() -> read("old.lwf", "# one\n" + text + "\n", SITE))
                .hasMessageStartingWith("old.lwf:" + line + ":" + column + ": ")
                .hasMessageContaining(told);
    }

    @Test
    void theOldFormNeedsASite() {
        assertThatThrownBy(() -> read("old.lwf", "0 -1 900 900 1 1 1024 0 a 1\n", Optional.empty()))
                .hasMessageContaining("has no site");
    }

    @Test
    void jobsOfTheParallelWorkloadsArchiveBecomeLeases() throws IOException, TraceException {
        Workload workload = read("log.swf", """
                ; MaxNodes: 16
                ; MaxProcs: 128
                  1   10  5  0 4 -1 -1  8  600 -1 1 3 1 -1 1 -1 -1 -1
                  2   20  5 -1 -1 -1 -1 8  600 -1 5 3 1 -1 1 -1 -1 -1
                  3   30  5 900 4 -1 -1 -1  -1 -1 1 3 1 -1 1 -1 -1 -1
                """, Optional.empty());

        assertThat(workload.site().nodes()).hasSize(128);
        assertThat(workload.requests()).hasSize(2);
        assertThat(workload.requests().get(0).machines()).hasSize(8);
        assertThat(workload.requests().get(0).realDurationMillis()).hasValue(1_000);
        assertThat(workload.requests().get(1).machines()).hasSize(4);
        assertThat(workload.requests().get(1).durationMillis()).isEqualTo(900_000);
    }
}
