package xenith.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DriverException.Failure;

/** What {@link Hypervisor} promises, one sentence a test. Every hypervisor driver passes it. */
public abstract class HypervisorDriverContract extends HypervisorFixture {
    private static final int THREADS = 4;
    private static final int WHOLE_LOG = 1 << 20;

    @Test
    void aHostSaysWhatItIsAndWhatItHas() throws Exception {
        HostReport report = host.report();

        assertThat(report.facts().hypervisor()).isNotBlank();
        assertThat(report.facts().version()).isNotBlank();
        assertThat(report.facts().arch()).isNotBlank();
        assertThat(report.facts().cores()).isPositive();
        assertThat(report.total().cpu()).isPositive();
        assertThat(report.total().memoryMib()).isPositive();
        assertThat(report.free().fitsInto(report.total())).isTrue();
    }

    @Test
    void aUriOfAnotherKindIsRefused() {
        HostEndpoint wrong =
                new HostEndpoint(ours.host(), ours.name(), "nonsense://host", Optional.empty(), ours.cloud());

        assertFailure(Failure.REFUSED, () -> driver().connect(wrong, () -> {}));
    }

    @Test
    void aStartedDomainCarriesWhoseItIs() throws Exception {
        DomainSpec spec = ourSpec(7);

        host.start(spec);

        DomainReport report = host.domain(spec.uuid()).orElseThrow();
        assertThat(report)
                .isEqualTo(
                        new DomainReport(spec.uuid(), spec.name(), DomainState.RUNNING, Optional.of(ours.cloud()), 7));
        assertThat(listed(spec.uuid())).contains(report);
        assertThat(report.belongsTo(ours.cloud())).isTrue();
    }

    @Test
    void startingAnActiveDomainAgainChangesNothing() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);

        host.start(bootable(ours, spec.uuid(), 8));

        assertThat(host.domain(spec.uuid()).orElseThrow().operation()).isEqualTo(7);
        assertThat(host.domains()).filteredOn(d -> d.uuid().equals(spec.uuid())).hasSize(1);
    }

    @Test
    void aDomainWhoseFileIsGoneDoesNotStartAndLeavesNothing() throws Exception {
        if (!can(Ability.FILES)) {
            return;
        }
        DomainSpec spec = ourUnbootable();

        assertThatThrownBy(() -> host.start(spec))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isIn(Failure.REFUSED, Failure.FAILED))
                .hasMessageMatching("(?s).*(missing|absent|gone|No such file|not there|not exist).*");
        assertThat(host.domain(spec.uuid())).isEmpty();
    }

    @Test
    void aDomainOutlivesTheConnection() throws Exception {
        UUID vm = startOurs();

        try (Hypervisor second = driver().connect(ours, () -> {})) {
            assertThat(second.domain(vm)).isEqualTo(host.domain(vm));
        }
        assertThat(state(vm)).isEqualTo(DomainState.RUNNING);
    }

    @Test
    void aDestroyedDomainIsNotThereAnyMore() throws Exception {
        UUID vm = startOurs();

        host.destroy(vm);

        assertThat(host.domain(vm)).isEmpty();
        assertThat(listed(vm)).isEmpty();
    }

    @Test
    void aDomainMayStartAgainAfterItsEnd() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        host.destroy(spec.uuid());

        host.start(bootable(ours, spec.uuid(), 9));

        assertThat(host.domain(spec.uuid()).orElseThrow().operation()).isEqualTo(9);
    }

    @Test
    void endingWhatIsNotThereReturns() throws Exception {
        UUID absent = UUID.randomUUID();

        host.destroy(absent);
        host.requestShutdown(absent);
        host.forget(absent);

        assertThat(host.domain(absent)).isEmpty();
    }

    @Test
    void rebootPauseAndSaveOfWhatIsNotThereAreRefused() {
        UUID absent = UUID.randomUUID();

        assertFailure(Failure.REFUSED, () -> host.reboot(absent));
        assertFailure(Failure.REFUSED, () -> host.pause(absent));
        assertFailure(Failure.REFUSED, () -> host.unpause(absent));
    }

    @Test
    void aForeignDomainIsReportedAndNeverTouched() throws Exception {
        UUID vm = startTheirs();
        DomainReport report = host.domain(vm).orElseThrow();

        assertThat(report.belongsTo(ours.cloud())).isFalse();
        assertThat(listed(vm)).contains(report);
        assertFailure(Failure.REFUSED, () -> host.destroy(vm));
        assertFailure(Failure.REFUSED, () -> host.requestShutdown(vm));
        assertFailure(Failure.REFUSED, () -> host.reboot(vm));
        assertFailure(Failure.REFUSED, () -> host.pause(vm));
        assertFailure(Failure.REFUSED, () -> host.start(bootable(ours, vm, 7)));
        assertThat(host.domain(vm)).contains(report);
    }

    @Test
    void aGuestThatIsAskedToShutDownGoesAway() throws Exception {
        UUID vm = startOurs();
        if (!can(Ability.SHUTDOWN)) {
            assertRefused(Ability.SHUTDOWN, () -> host.requestShutdown(vm));
            return;
        }
        awaitBoot(vm);

        host.requestShutdown(vm);

        await("the guest is gone", () -> {
            host.requestShutdown(vm);
            return host.domain(vm).isEmpty();
        });
    }

    @Test
    void aRebootedDomainRunsOnAsTheSame() throws Exception {
        UUID vm = startOurs();
        if (!can(Ability.REBOOT)) {
            assertRefused(Ability.REBOOT, () -> host.reboot(vm));
            return;
        }
        awaitBoot(vm);

        host.reboot(vm);

        await("it runs", () -> host.domain(vm).isPresent() && state(vm) == DomainState.RUNNING);
        assertThat(host.domain(vm).orElseThrow().operation()).isEqualTo(7);
    }

    @Test
    void aPausedDomainWaitsUntilItGoesOn() throws Exception {
        UUID vm = startOurs();
        if (!can(Ability.PAUSE)) {
            assertRefused(Ability.PAUSE, () -> host.pause(vm));
            return;
        }

        host.pause(vm);
        host.pause(vm);
        assertThat(state(vm)).isEqualTo(DomainState.PAUSED);
        host.unpause(vm);
        host.unpause(vm);

        assertThat(state(vm)).isEqualTo(DomainState.RUNNING);
    }

    @Test
    void aSavedDomainIsGoneAndGoesOnFromItsMemory() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        String file = can(Ability.SAVE) ? memoryFile(ours, spec.uuid()) : "/nowhere/memory";
        if (!can(Ability.SAVE)) {
            assertRefused(Ability.SAVE, () -> host.save(spec.uuid(), file));
            return;
        }

        awaitBoot(spec.uuid());

        host.save(spec.uuid(), file);
        host.save(spec.uuid(), file);
        assertThat(host.domain(spec.uuid())).isEmpty();
        host.restore(spec, file);
        host.restore(spec, file);

        assertThat(state(spec.uuid())).isEqualTo(DomainState.RUNNING);
        assertThat(host.domain(spec.uuid()).orElseThrow().belongsTo(ours.cloud()))
                .isTrue();
    }

    @Test
    void memoryThatWasDroppedIsNotGoneBackTo() throws Exception {
        if (!can(Ability.SAVE)) {
            return;
        }
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        awaitBoot(spec.uuid());
        String file = memoryFile(ours, spec.uuid());
        host.save(spec.uuid(), file);

        host.dropMemory(file);
        host.dropMemory(file);

        assertThatThrownBy(() -> host.restore(spec, file)).isInstanceOf(DriverException.class);
        assertThat(host.domain(spec.uuid())).isEmpty();
    }

    @Test
    void aDomainWithoutSavedMemoryIsNotRestored() throws Exception {
        if (!can(Ability.SAVE)) {
            return;
        }
        DomainSpec spec = ourSpec(7);
        String file = memoryFile(ours, spec.uuid());

        assertThatThrownBy(() -> host.restore(spec, file)).isInstanceOf(DriverException.class);
        assertThat(host.domain(spec.uuid())).isEmpty();
    }

    @Test
    void aMigratedDomainIsActiveThereAndGoneHere() throws Exception {
        UUID vm = startOurs();
        if (!can(Ability.MIGRATE)) {
            HostEndpoint elsewhere =
                    new HostEndpoint(ours.host(), "elsewhere", ours.uri(), Optional.empty(), ours.cloud());
            assertRefused(Ability.MIGRATE, () -> host.migrate(vm, elsewhere, true));
            return;
        }
        awaitBoot(vm);
        DomainReport before = host.domain(vm).orElseThrow();

        host.migrate(vm, target(), true);
        host.migrate(vm, target(), true);

        assertThat(host.domain(vm)).isEmpty();
        try (Hypervisor there = driver().connect(target(), () -> {})) {
            assertThat(there.domain(vm)).contains(before);
            assertThat(there.usages()).extracting(DomainUsage::vm).contains(vm);
        }
    }

    @Test
    void aMigratedMachinesConsoleIsOneTextUntilItIsForgotten() throws Exception {
        if (!can(Ability.MIGRATE) || !can(Ability.CONSOLE)) {
            return;
        }
        UUID vm = startOurs();
        awaitBoot(vm);
        assertFailure(Failure.REFUSED, () -> host.leave(vm));
        host.migrate(vm, target(), false);

        host.leave(vm);
        host.leave(vm);

        try (Hypervisor there = driver().connect(target(), () -> {})) {
            String text = new String(there.console(vm, WHOLE_LOG), StandardCharsets.ISO_8859_1);
            assertThat(text).containsOnlyOnce(consoleWords(vm));
            assertThat(text).endsWith(new String(there.console(vm, 20), StandardCharsets.ISO_8859_1));
            there.destroy(vm);
            there.forget(vm);
            assertThat(there.console(vm, WHOLE_LOG)).isEmpty();
        }
    }

    @Test
    void onlyADomainThatRunsHereIsMigrated() throws Exception {
        if (!can(Ability.MIGRATE)) {
            return;
        }
        UUID vm = startOurs();
        UUID foreign = startTheirs();
        host.pause(vm);

        assertFailure(Failure.REFUSED, () -> host.migrate(vm, target(), true));
        assertFailure(Failure.REFUSED, () -> host.migrate(UUID.randomUUID(), target(), true));
        assertFailure(Failure.REFUSED, () -> host.migrate(foreign, target(), true));
        assertFailure(Failure.REFUSED, () -> host.migrate(vm, ours, true));

        assertThat(state(vm)).isEqualTo(DomainState.PAUSED);
        assertThat(host.domain(foreign)).isPresent();
    }

    @Test
    void aDomainThatRunsOrIsNotThereIsOnNoWayToAnotherHost() throws Exception {
        UUID vm = startOurs();

        assertThat(host.isMoving(vm)).isFalse();
        assertThat(host.isMoving(UUID.randomUUID())).isFalse();
    }

    @Test
    void leavingAHostThatHasNothingOfAMachineReturns() throws Exception {
        UUID absent = UUID.randomUUID();

        host.leave(absent);

        assertThat(host.domain(absent)).isEmpty();
    }

    @Test
    void whatOursUseIsToldAndWhatOthersUseIsNot() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        UUID foreign = startTheirs();

        await("its processor has worked", () -> usage(spec.uuid()).cpuNanos() > 0);

        DomainUsage usage = usage(spec.uuid());
        assertThat(usage.vcpus()).isEqualTo(spec.vcpus());
        assertThat(usage.memoryMib()).isBetween(1L, spec.memoryMib());
        assertThat(host.usages())
                .extracting(DomainUsage::vm)
                .contains(spec.uuid())
                .doesNotContain(foreign);
    }

    @Test
    void aDomainKeepsTheSizeThatItHasAndGetsNoMoreThanItsLimits() throws Exception {
        DomainSpec spec = ourSpec(7);
        host.start(spec);

        host.resize(spec.uuid(), spec.vcpus(), spec.memoryMib());

        assertRefused(Ability.RESIZE, () -> host.resize(spec.uuid(), spec.vcpus() + 1, spec.memoryMib()));
        assertRefused(Ability.RESIZE, () -> host.resize(spec.uuid(), spec.vcpus(), spec.memoryMib() + 1));
        assertRefused(Ability.RESIZE, () -> host.resize(UUID.randomUUID(), 1, 1));
        assertThatThrownBy(() -> host.resize(spec.uuid(), spec.vcpus(), spec.memoryMib() + 1))
                .hasMessageContaining(Long.toString(spec.memoryMib()));
    }

    @Test
    void aDomainGivesMemoryBackAndGetsItAgain() throws Exception {
        if (!can(Ability.RESIZE)) {
            return;
        }
        DomainSpec spec = ourSpec(7);
        host.start(spec);
        awaitBoot(spec.uuid());
        long less = spec.memoryMib() - 8;

        host.resize(spec.uuid(), spec.vcpus(), less);
        await("it has less", () -> usage(spec.uuid()).memoryMib() == less);
        host.resize(spec.uuid(), spec.vcpus(), less);
        host.resize(spec.uuid(), spec.vcpus(), spec.memoryMib());

        await("it has all", () -> usage(spec.uuid()).memoryMib() == spec.memoryMib());
    }

    @Test
    void aDiskIsPluggedInAndPulledAgain() throws Exception {
        UUID vm = startOurs();
        if (!can(Ability.HOTPLUG)) {
            Disk any = new Disk("/any", DiskFormat.RAW, false);
            assertRefused(Ability.HOTPLUG, () -> host.attach(vm, any));
            return;
        }
        awaitBoot(vm);
        DomainDevices before = host.devices(vm);
        Disk disk = spareDisk(ours, vm);

        host.attach(vm, disk);
        host.attach(vm, disk);

        assertThat(host.devices(vm).disks()).hasSize(before.disks().size() + 1).contains(disk.file());
        host.detach(vm, disk);
        host.detach(vm, disk);
        assertThat(host.devices(vm)).isEqualTo(before);
    }

    @Test
    void aCardIsPluggedInAndPulledAgain() throws Exception {
        if (!can(Ability.HOTPLUG)) {
            return;
        }
        UUID vm = startOurs();
        awaitBoot(vm);
        DomainDevices before = host.devices(vm);
        Nic card = spareCard(ours);

        host.attach(vm, card);
        host.attach(vm, card);

        assertThat(host.devices(vm).macs()).hasSize(before.macs().size() + 1).contains(card.mac());
        host.detach(vm, card);
        host.detach(vm, card);
        assertThat(host.devices(vm)).isEqualTo(before);
    }

    @Test
    void nothingIsPluggedInThatIsNotThereNorIntoWhatIsNotOurs() throws Exception {
        if (!can(Ability.HOTPLUG)) {
            return;
        }
        UUID vm = startOurs();
        UUID foreign = startTheirs();
        Disk disk = spareDisk(ours, vm);
        Disk gone = new Disk(disk.file() + ".gone", disk.format(), false);
        DomainDevices before = host.devices(vm);

        assertThatThrownBy(() -> host.attach(vm, gone))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining(gone.file());
        assertFailure(Failure.REFUSED, () -> host.attach(UUID.randomUUID(), disk));
        assertFailure(Failure.REFUSED, () -> host.attach(foreign, disk));
        assertFailure(Failure.REFUSED, () -> host.detach(foreign, spareCard(ours)));
        assertFailure(Failure.REFUSED, () -> host.devices(UUID.randomUUID()));

        assertThat(host.devices(vm)).isEqualTo(before);
    }

    @Test
    void theConsoleOutlivesTheDomainUntilItIsForgotten() throws Exception {
        UUID vm = startOurs();
        if (!can(Ability.CONSOLE)) {
            assertThat(host.console(vm, 100)).isEmpty();
            return;
        }
        awaitBoot(vm);

        assertThat(host.console(vm, 10)).hasSize(10);
        host.destroy(vm);
        assertThat(console(vm)).contains(consoleWords(vm));
        host.forget(vm);
        host.forget(vm);

        assertThat(host.console(vm, WHOLE_LOG)).isEmpty();
    }

    @Test
    void theConsolesEndIsWhatIsShown() throws Exception {
        if (!can(Ability.CONSOLE)) {
            return;
        }
        UUID vm = startOurs();
        awaitBoot(vm);
        host.destroy(vm);

        assertThat(console(vm)).endsWith(new String(host.console(vm, 20), StandardCharsets.ISO_8859_1));
        assertThat(host.console(UUID.randomUUID(), 100)).isEmpty();
    }

    @Test
    void theListenerHearsOfStartAndEnd() throws Exception {
        UUID vm = startOurs();
        await("the start is heard", () -> heard.get() > 0);
        int before = heard.get();

        host.destroy(vm);

        await("the end is heard", () -> heard.get() > before);
    }

    @Test
    void aClosedConnectionIsUnreachable() throws Exception {
        Hypervisor closed = driver().connect(ours, () -> {});
        assertThat(closed.alive()).isTrue();
        closed.close();
        closed.close();

        assertThat(closed.alive()).isFalse();
        assertFailure(Failure.UNREACHABLE, closed::domains);
        assertFailure(Failure.UNREACHABLE, closed::report);
        assertFailure(Failure.UNREACHABLE, () -> closed.destroy(UUID.randomUUID()));
        assertThat(host.alive()).isTrue();
    }

    @Test
    void oneDomainStartedFromManyThreadsIsThereOnce() throws Exception {
        DomainSpec spec = ourSpec(7);

        together(() -> host.start(spec));

        assertThat(host.domains()).filteredOn(d -> d.uuid().equals(spec.uuid())).hasSize(1);
        together(() -> host.destroy(spec.uuid()));
        assertThat(host.domain(spec.uuid())).isEmpty();
    }

    @Test
    void manyThreadsStartAndEndDomainsSideBySide() throws Exception {
        List<DomainSpec> specs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            specs.add(ourSpec(i + 1));
        }

        specs.parallelStream().forEach(spec -> assertThatNothingFails(() -> host.start(spec)));

        assertThat(host.domains())
                .extracting(DomainReport::uuid)
                .containsAll(specs.stream().map(DomainSpec::uuid).toList());
    }

    private DomainUsage usage(UUID vm) throws DriverException {
        return host.usages().stream()
                .filter(usage -> usage.vm().equals(vm))
                .findFirst()
                .orElseThrow();
    }

    private void awaitBoot(UUID vm) throws Exception {
        if (can(Ability.CONSOLE)) {
            await("the guest has booted", () -> console(vm).contains(consoleWords(vm)));
        }
    }

    private String console(UUID vm) throws DriverException {
        return new String(host.console(vm, WHOLE_LOG), StandardCharsets.ISO_8859_1);
    }

    private static void assertThatNothingFails(Call call) {
        org.assertj.core.api.Assertions.assertThatCode(call::run).doesNotThrowAnyException();
    }

    private static void together(Call call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(threads.submit(() -> {
                    call.run();
                    return null;
                }));
            }
            for (Future<Void> done : calls) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
