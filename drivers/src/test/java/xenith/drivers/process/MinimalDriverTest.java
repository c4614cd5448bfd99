package xenith.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainState;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** The driver of the how-to runs, and is the one that stands there. */
class MinimalDriverTest {
    @TempDir
    Path home;

    @Test
    void theSmallestDriverStartsAndEndsADomain() throws Exception {
        HostEndpoint endpoint = DriverFixture.host(1, "any", "any://");
        DomainSpec spec = new DomainSpec(
                UUID.randomUUID(),
                "one",
                endpoint.cloud(),
                42,
                7,
                1,
                100,
                64,
                Virtualization.HVM,
                new BootFiles(Optional.empty(), Optional.empty(), "", List.of()),
                List.of());
        try (ProcessDrivers drivers = new ProcessDrivers(
                        DriverFixture.script(home, DriverFixture.inTree("examples/drivers/minimal.py")));
                Hypervisor host = drivers.set().hypervisor().connect(endpoint, () -> {})) {
            host.start(spec);

            assertThat(host.domains())
                    .containsExactly(new DomainReport(
                            spec.uuid(), "one", DomainState.RUNNING, Optional.of(endpoint.cloud()), 7));
            assertThat(host.usages()).hasSize(1);
            assertThat(host.console(spec.uuid(), 10)).isEmpty();
            assertThatThrownBy(() -> host.pause(spec.uuid())).hasMessageContaining("driver minimal: hypervisor.pause");
            host.destroy(spec.uuid());
            assertThat(host.domain(spec.uuid())).isEmpty();
        }
    }

    @Test
    void theHowToShowsItWhole() throws Exception {
        String script = Files.readString(DriverFixture.inTree("examples/drivers/minimal.py"));

        assertThat(Files.readString(DriverFixture.inTree("docs/how-to/write-a-driver-in-any-language.md")))
                .contains("```python\n" + script + "```\n");
    }
}
