package xenith.drivers.process;

import java.util.concurrent.atomic.AtomicLong;
import xenith.engine.port.DriverSet;

/**
 * The drivers of hosts whose {@code driver} is {@code process}: all three in one program, which is started when it is
 * first needed and ends with this. Thread-safe.
 */
public final class ProcessDrivers implements AutoCloseable {
    public static final String NAME = "process";

    private final DriverProcess process;

    public ProcessDrivers(DriverProgram program) {
        this(program, ProcessLimits.STANDARD);
    }

    ProcessDrivers(DriverProgram program, ProcessLimits limits) {
        this.process = new DriverProcess(program, limits);
    }

    public DriverSet set() {
        return new DriverSet(
                new ProcessHypervisorDriver(process, new AtomicLong()),
                new ProcessImageDriver(process),
                new ProcessNetworkDriver(process));
    }

    /** Closes the program's standard input and waits until it is gone; one that does not go is killed. */
    @Override
    public void close() {
        process.close();
    }
}
