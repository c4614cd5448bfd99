package xenith.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** Whatever a program does, a call ends in time and says what was wrong, and the next one works. */
@Timeout(60)
class MisbehavingDriverTest {
    private static final int CALLS = 20;

    /** Hangs are waited for, so they are short; whatever a working program answers may take its time. */
    private static final ProcessLimits LIMITS =
            new ProcessLimits(20_000, 20_000, 20_000, 60_000, 50, 200, 10_000, 500, CALLS, 100_000);

    private static final ProcessLimits IMPATIENT =
            new ProcessLimits(20_000, 500, 500, 60_000, 50, 200, 10_000, 500, CALLS, 100_000);

    @TempDir
    Path home;

    private final AtomicInteger heard = new AtomicInteger();
    private ProcessDrivers drivers;

    @AfterEach
    void noProgramIsLeft() throws Exception {
        drivers.close();
        for (long pid : starts()) {
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void anAnswerIsWhatWasAsked() throws Exception {
        drivers(LIMITS);

        assertThat(host("good").report().total().memoryMib()).isEqualTo(1024);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "babbles | a line that is not JSON",
                "repeats | a line that is not JSON",
                "is not UTF-8 | a line that is not UTF-8",
                "never stops | a line longer than 100000 bytes",
                "nests | a line that is not JSON",
                "forgets | result.total.cpu is missing",
                "exaggerates | result.facts.cores is not a whole number",
                "says neither | neither a result nor an error",
                "fails oddly | error.failure is not one of",
            })
    void anAnswerThatIsNoneIsUnknownWithTheReason(String fault, String reason) throws Exception {
        drivers(LIMITS);
        Hypervisor host = host(fault);

        assertFailure(Failure.UNKNOWN, reason, host::report);
        assertThatThrownBy(host::report).hasMessageContaining("driver scripted: hypervisor.report");
        assertThat(host.alive()).isTrue();
        assertThat(host("good").report()).isNotNull();
    }

    @Test
    void whatNobodyAskedForIsPassedOver() throws Exception {
        drivers(LIMITS);

        assertThat(host("debugs").report().total().cpu()).isEqualTo(100);
    }

    @Test
    void aRefusalIsTheProgramsInOneLine() throws Exception {
        drivers(LIMITS);

        assertFailure(Failure.REFUSED, "not here", host("refuses")::report);
    }

    @Test
    void whatTheProgramIsNotAbleToIsRefusedByName() throws Exception {
        drivers(LIMITS);

        assertFailure(Failure.REFUSED, "not able to migrate", () -> {
            host("good").migrate(UUID.randomUUID(), DriverFixture.host(2, "other", "x"), true);
            return null;
        });
    }

    @Test
    void callsUnderWayWhenTheProgramDiesAreUnknownAndItIsStartedAgain() throws Exception {
        drivers(LIMITS);
        Hypervisor other = host("good");
        Hypervisor host = host("dies");

        assertFailure(Failure.UNKNOWN, "ended with status 3", host::report);

        assertThat(host.alive()).isFalse();
        assertFailure(Failure.UNREACHABLE, "is gone", host::report);
        assertThat(other.alive()).isFalse();
        // Both connections hear of it.
        await(() -> heard.get() >= 2);
        await(() -> reachable("good"));
        assertThat(starts()).hasSize(2);
    }

    @Test
    void oneHostThatHangsDelaysNoOther() throws Exception {
        drivers(IMPATIENT);
        Hypervisor hung = host("hangs");
        Hypervisor good = host("good");
        CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
            try {
                return new AssertionError("answered " + hung.report());
            } catch (DriverException e) {
                return e;
            }
        });

        for (int i = 0; i < 5; i++) {
            assertThat(good.report()).isNotNull();
        }
        assertThat(outcome.get())
                .hasMessageContaining("did not answer within 500 ms")
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNKNOWN));
        assertThat(starts()).hasSize(1);
    }

    @Test
    void aLateAnswerIsDropped() throws Exception {
        drivers(IMPATIENT);
        Hypervisor host = host("is late");
        assertFailure(Failure.UNKNOWN, "did not answer", host::report);

        assertThat(host.report().total().cpu()).isEqualTo(100);
    }

    @Test
    void aProgramThatOwesAnswersAndSaysNothingIsStartedAgain() throws Exception {
        drivers(new ProcessLimits(20_000, 300, 300, 200, 50, 200, 10_000, 500, CALLS, 100_000));
        Hypervisor host = host("hangs");

        assertFailure(Failure.UNKNOWN, "did not answer", host::report);

        assertThat(host.alive()).isFalse();
        await(() -> reachable("good"));
        assertThat(starts()).hasSize(2);
    }

    @Test
    void callsThatAProgramDoesNotReadAreUnreachableButTheOneUnderWay() throws Exception {
        drivers(IMPATIENT, "reads nothing");
        List<CompletableFuture<Failure>> calls = new ArrayList<>();
        // The pipe takes the first one, or a part of it, and the others wait.
        for (int i = 0; i < CALLS - 1; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> failureOf(() -> drivers.set().images().memoryFile(large(), UUID.randomUUID())),
                    task -> new Thread(task).start()));
        }

        List<Failure> failures = calls.stream().map(CompletableFuture::join).toList();

        assertThat(failures).containsOnly(Failure.UNREACHABLE, Failure.UNKNOWN);
        assertThat(Collections.frequency(failures, Failure.UNKNOWN)).isBetween(1, 2);
    }

    @Test
    void noMoreCallsAreUnderWayThanTheLimit() throws Exception {
        drivers(new ProcessLimits(20_000, 2_000, 2_000, 60_000, 50, 200, 10_000, 500, 2, 100_000));
        Hypervisor host = host("hangs");
        List<CompletableFuture<Failure>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> failureOf(host::report), task -> new Thread(task).start()));
        }

        assertThat(calls.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder(Failure.UNKNOWN, Failure.UNKNOWN, Failure.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "speaks another protocol | result.protocol 99 is not 1",
                "says nothing | hello did not answer within 400 ms",
                "ends at once | ended with status 7",
            })
    void aProgramThatCannotBeSpokenWithIsUnreachableWithTheReason(String fault, String reason) throws Exception {
        long helloMillis = fault.equals("says nothing") ? 400 : 20_000;
        drivers(new ProcessLimits(helloMillis, 500, 500, 60_000, 50, 200, 10_000, 500, CALLS, 100_000), fault);

        assertFailure(Failure.UNREACHABLE, reason, () -> host("good"));
    }

    @Test
    void aProgramThatEndsAgainAndAgainIsStartedEverMoreRarely() throws Exception {
        drivers(
                new ProcessLimits(20_000, 500, 500, 60_000, 60_000, 60_000, 60_000, 500, CALLS, 100_000),
                "ends at once");

        assertFailure(Failure.UNREACHABLE, "ended with status 7", () -> host("good"));
        assertFailure(Failure.UNREACHABLE, "it is started again in", () -> host("good"));

        assertThat(starts()).hasSize(1);
    }

    @Test
    void aProgramThatIsNotThereIsUnreachable() throws Exception {
        Files.createFile(Files.createDirectories(home.resolve("state")).resolve("starts"));
        drivers = new ProcessDrivers(
                new DriverProgram(Path.of("/nowhere/driver"), List.of(), home.resolve("state"), home), LIMITS);

        assertFailure(Failure.UNREACHABLE, "/nowhere/driver cannot be started", () -> host("good"));
    }

    @Test
    void aProgramThatIgnoresItsEndIsKilled() throws Exception {
        drivers(LIMITS, "ignores everything");
        assertThat(host("good").report()).isNotNull();
        long pid = starts().get(0);

        drivers.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertFailure(Failure.UNREACHABLE, "is being ended", () -> host("good"));
    }

    @Test
    void anEndThatIsToldIsRememberedUntilTheMachineStartsAgain() throws Exception {
        drivers(LIMITS);
        UUID vm = new UUID(0, 1);
        Hypervisor host = host("tells");
        assertThat(host.report()).isNotNull();

        assertThat(host.ends()).isEqualTo(Map.of(vm, DomainEnd.KILLED));
        host.forget(vm);

        assertThat(host.ends()).isEmpty();
        assertThat(heard.get()).isEqualTo(1);
    }

    @Test
    void chatterFillsNoLog() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(DriverLog.class);
        log.start();
        logger.addAppender(log);
        try {
            drivers(LIMITS);

            assertThat(host("chatters").report()).isNotNull();
            drivers.close();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).hasSizeBetween(DriverLog.MAX_LINES, 2 * DriverLog.MAX_LINES);
    }

    private void drivers(ProcessLimits limits, String... arguments) throws Exception {
        drivers = new ProcessDrivers(DriverFixture.script(home, "misbehaving.py", arguments), limits);
    }

    private Hypervisor host(String name) throws DriverException {
        return drivers.set()
                .hypervisor()
                .connect(DriverFixture.host(name.length(), name, "any://"), heard::incrementAndGet);
    }

    private static HostEndpoint large() {
        return DriverFixture.host(1, "large", "x".repeat(90_000));
    }

    private boolean reachable(String name) {
        try {
            return host(name).report() != null;
        } catch (DriverException e) {
            return false;
        }
    }

    private List<Long> starts() throws Exception {
        return Files.readAllLines(home.resolve("state/starts")).stream()
                .map(Long::valueOf)
                .toList();
    }

    private static Failure failureOf(Callable<?> call) {
        try {
            throw new AssertionError("answered " + call.call());
        } catch (DriverException e) {
            return e.failure();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFailure(Failure failure, String message, Callable<?> call) {
        assertThatThrownBy(call::call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            LockSupport.parkNanos(5_000_000);
        }
    }
}
