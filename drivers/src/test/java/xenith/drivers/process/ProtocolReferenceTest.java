package xenith.drivers.process;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.AccountId;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Capacity;
import xenith.engine.model.Contextualization;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostFacts;
import xenith.engine.model.HostId;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.Virtualization;
import xenith.engine.model.VmId;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DomainDevices;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainState;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageFacts;
import xenith.engine.port.NetworkDriver;

/** The reference page is what is spoken: a driver that only knows the page serves every call. */
class ProtocolReferenceTest {
    private static final UUID VM = UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff");
    private static final UUID CLOUD = UUID.fromString("0b2f3c5e-1d1c-4a6e-9a3c-6f1f3b2d4c5a");
    private static final HostEndpoint HOST =
            new HostEndpoint(new HostId(3), "rack-1", "local://rack-1", Optional.of("10.0.0.3"), CLOUD);
    private static final String MAC = "02:00:0a:54:00:10";
    private static final String MEMORY = "/home/driver/instances/42/memory";
    private static final BootFiles.Disk DISK =
            new BootFiles.Disk("/home/driver/instances/42/disk", DiskFormat.QCOW2, false);
    private static final BootFiles BOOT = new BootFiles(
            Optional.of("/home/images/vmlinuz"), Optional.of("/home/images/initrd.gz"), "quiet", List.of(DISK));
    private static final DomainSpec.Nic NIC = new DomainSpec.Nic("default", "xenbr0", MAC);
    private static final DomainSpec SPEC =
            new DomainSpec(VM, "xenith-42", CLOUD, 42, 7, 2, 100, 512, Virtualization.PARAVIRTUAL, BOOT, List.of(NIC));
    private static final VirtualNetwork NETWORK = new VirtualNetwork(
            new NetworkId(1),
            "default",
            "xenbr0",
            Subnet.parse("10.84.0.0/16"),
            Ipv4.parse("10.84.0.16"),
            Ipv4.parse("10.84.255.254"),
            Ipv4.parse("10.84.0.1"));
    private static final AddressLease LEASE =
            new AddressLease(new NetworkId(1), Ipv4.parse("10.84.0.16"), MAC, new VmId(42));
    private static final Image IMAGE = new Image(
            new ImageId(5),
            new AccountId("100000000001"),
            "not said",
            "not said",
            ImageKind.MACHINE,
            "x86_64",
            "mini/root.qcow2",
            DiskFormat.QCOW2,
            3_145_728,
            100_663_296,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            ImageState.AVAILABLE,
            "",
            Instant.parse("2026-11-24T12:00:00Z"));
    private static final BootPlan PLAN = new BootPlan(
            VM,
            Optional.of(IMAGE),
            Optional.of(IMAGE),
            Optional.of(IMAGE),
            "quiet",
            1024,
            new Contextualization("i-0a1b2c3d", "ip-10-84-0-16", "aGVsbG8=", List.of("ssh-ed25519 AAAA me")),
            List.of(new BootPlan.Card(
                    MAC, Ipv4.parse("10.84.0.16"), Subnet.parse("10.84.0.0/16"), Ipv4.parse("10.84.0.1"))));

    @TempDir
    Path home;

    private final Path page = DriverFixture.inTree("docs/reference/driver-protocol.md");
    private ProcessDrivers drivers;

    @BeforeEach
    void startWhatKnowsThePage() throws Exception {
        drivers = new ProcessDrivers(DriverFixture.script(home, "replay.py", page.toString()));
    }

    @AfterEach
    void end() {
        drivers.close();
    }

    @Test
    void hypervisorsAreAskedAsThePageSays() throws Exception {
        Hypervisor host = new ProcessHypervisor(process().conversation(), HOST, () -> {}, 9);
        process().ask(Method.CONNECT, Optional.of(HOST), connection(), PortReader::nothing);
        process().ask(Method.CLOSE, Optional.of(HOST), connection(), PortReader::nothing);

        Capacity room = new Capacity(800, 16_384, 200_000);
        DomainReport domain = new DomainReport(VM, "xenith-42", DomainState.RUNNING, Optional.of(CLOUD), 7);
        assertThat(host.report())
                .isEqualTo(new HostReport(new HostFacts("QEMU", "7.2.22", "x86_64", "rack store", 8), room, room));
        assertThat(host.domains()).containsExactly(domain);
        assertThat(host.domain(VM)).contains(domain);
        assertThat(host.usages()).containsExactly(new DomainUsage(VM, 1_500_000_000, 512, 2, 4096, 512, 60, 42));
        host.start(SPEC);
        host.requestShutdown(VM);
        host.destroy(VM);
        host.reboot(VM);
        host.pause(VM);
        host.unpause(VM);
        host.resize(VM, 2, 256);
        host.save(VM, MEMORY);
        host.restore(SPEC, MEMORY);
        host.dropMemory(MEMORY);
        host.migrate(VM, HOST, true);
        assertThat(host.isMoving(VM)).isTrue();
        host.leave(VM);
        assertThat(host.devices(VM)).isEqualTo(new DomainDevices(Set.of(DISK.file()), Set.of(MAC)));
        host.attach(VM, DISK);
        host.detach(VM, DISK);
        host.attach(VM, NIC);
        host.detach(VM, NIC);
        assertThat(host.console(VM, 65_536)).isEqualTo("Hello\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(host.logsConsole(VM)).isTrue();
        host.forget(VM);
        drivers.set().hypervisor().forget(VM);
    }

    private DriverProcess process() {
        return ((ProcessHypervisorDriver) drivers.set().hypervisor()).process();
    }

    private static ObjectNode connection() {
        return PortWriter.params().put("connection", 9);
    }

    @Test
    void imagesAreAskedForAsThePageSays() throws Exception {
        ImageDriver images = drivers.set().images();

        assertThat(images.examine(IMAGE)).isEqualTo(new ImageFacts(DiskFormat.QCOW2, 3_145_728, 100_663_296));
        assertThat(images.prepare(HOST, PLAN)).isEqualTo(BOOT);
        images.adopt(HOST, VM);
        assertThat(images.memoryFile(HOST, VM)).isEqualTo(MEMORY);
        images.discard(HOST, VM);
        assertThat(images.present(HOST)).containsExactly(VM);
    }

    @Test
    void networksAreAskedForAsThePageSays() throws Exception {
        NetworkDriver networks = drivers.set().networks();

        assertThat(networks.servesDhcp(HOST)).isTrue();
        networks.ensure(HOST, NETWORK);
        networks.admit(HOST, NETWORK, LEASE);
        networks.withdraw(HOST, NETWORK, LEASE);
        assertThat(networks.admitted(HOST, NETWORK)).containsExactly(MAC);
    }

    @Test
    void everyMethodAndAbilityIsOnThePage() throws Exception {
        String text = Files.readString(page);

        assertThat(Set.copyOf(found("\n    > .*?\"method\": \"([A-Za-z.]+)\"", text)))
                .containsExactlyInAnyOrderElementsOf(
                        stream(Method.values()).map(Method::toString).toList());
        assertThat(found("\n\\| `([a-z]+)` \\| `hypervisor\\.", text))
                .containsExactlyInAnyOrderElementsOf(
                        stream(Ability.values()).map(Ability::toString).toList());
    }

    @Test
    void everyFieldOfARecordIsExplained() throws Exception {
        String text = Files.readString(page);

        for (String record : found("\n### ([A-Z]+)\n", text)) {
            String section = text.substring(text.indexOf("\n### " + record + "\n") + 5);
            String example = section.lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("(?<=[ \\[])[A-Z]{3,}(?=[,}\\]])", "0");
            JsonNode json = new ObjectMapper().readTree(example);
            List<String> fields = new ArrayList<>();
            json.fieldNames().forEachRemaining(fields::add);
            String table = section.substring(0, section.indexOf("\n##"));

            assertThat(found("\n\\| `([A-Za-z]+)` \\|", table)).as(record).containsExactlyElementsOf(fields);
        }
    }

    @Test
    void thePagesLimitsAreTheOnesThatHold() throws Exception {
        ProcessLimits limits = ProcessLimits.STANDARD;
        assertThat(Files.readString(page))
                .contains("start | " + limits.helloMillis() / 1000 + " s |")
                .contains("quick call | " + limits.quickMillis() / 1000 + " s |")
                .contains("discard | " + limits.longMillis() / 1000 + " s |")
                .contains("started again | " + limits.silentMillis() / 1000 + " s |")
                .contains("not sent | " + limits.maxCalls() + " |")
                .contains("direction | " + limits.maxLineBytes() + " |")
                .contains("| " + limits.firstPauseMillis() + " ms, doubled up to " + limits.maxPauseMillis() / 1000
                        + " s |")
                .contains("killed | " + limits.endMillis() / 1000 + " s |")
                .contains("| " + DriverLog.MAX_LINES + "; " + DriverLog.MAX_LINE_BYTES + " |");
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
