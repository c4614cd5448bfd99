package xenith.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import xenith.drivers.GuestImages;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HypervisorDriver;
import xenith.engine.port.HypervisorDriverContract;

/** Real guests, hosted by a script. */
@Tag("qemu")
class ScriptedHypervisorQemuTest extends HypervisorDriverContract {
    private static ScriptedQemu qemu;

    @BeforeAll
    static void start() throws Exception {
        qemu = ScriptedQemu.start();
    }

    @AfterAll
    static void stop() throws Exception {
        qemu.close();
    }

    @Test
    void aGuestWhoseProcessIsKilledIsToldFromOneThatEnds() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        Path pid = qemu.state().resolve("hosts/host-1/" + spec.uuid() + ".pid");

        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .orElseThrow()
                .destroyForcibly();

        await("it is heard", () -> host.ends().equals(Map.of(spec.uuid(), DomainEnd.KILLED)));
        assertThat(host.domain(spec.uuid())).isEmpty();
    }

    @Override
    protected HypervisorDriver driver() {
        return qemu.set().hypervisor();
    }

    @Override
    protected HostEndpoint endpoint(UUID cloud) {
        return qemu.host(1, cloud);
    }

    @Override
    protected HostEndpoint migrationTarget() {
        return qemu.host(2, ours.cloud());
    }

    @Override
    protected DomainSpec bootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        return qemu.bootable(host, vm, operation);
    }

    @Override
    protected DomainSpec unbootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        DomainSpec spec = qemu.bootable(host, vm, operation);
        BootFiles.Disk gone = new BootFiles.Disk(qemu.state() + "/gone", DiskFormat.QCOW2, false);
        BootFiles files = spec.boot();
        return GuestImages.domain(
                host,
                vm,
                operation,
                new BootFiles(files.kernel(), files.ramdisk(), files.kernelArguments(), List.of(gone)),
                List.of());
    }

    @Override
    protected String memoryFile(HostEndpoint host, UUID vm) throws DriverException {
        return qemu.set().images().memoryFile(host, vm);
    }

    @Override
    protected void discard(HostEndpoint host, UUID vm) throws Exception {
        qemu.set().images().discard(host, vm);
        Files.deleteIfExists(spare(vm));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.RESIZE));
    }

    @Override
    protected BootFiles.Disk spareDisk(HostEndpoint host, UUID vm) throws IOException {
        return GuestImages.spareDisk(spare(vm));
    }

    private static Path spare(UUID vm) {
        return qemu.state().resolve(vm + ".spare");
    }

    @Override
    protected DomainSpec.Nic spareCard(HostEndpoint host) {
        return new DomainSpec.Nic("default", "any", "02:00:0a:b1:00:63");
    }

    @Override
    protected String consoleWords(UUID vm) {
        return "instance-id: " + GuestImages.instanceId(vm);
    }

    @Override
    protected Set<String> leftovers() throws IOException {
        return qemu.leftovers();
    }

    @Override
    protected Duration patience() {
        return Duration.ofMinutes(2);
    }

    @Override
    protected Duration pollInterval() {
        return Duration.ofMillis(100);
    }
}
