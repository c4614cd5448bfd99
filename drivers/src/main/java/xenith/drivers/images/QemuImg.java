package xenith.drivers.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** The qemu-img program, held to bounds on time, memory and output; formats are always named. */
final class QemuImg {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_OUTPUT_BYTES = 256 * 1024;
    /** A hostile header must not make it allocate the machine away. */
    private static final String ADDRESS_SPACE_BYTES = Long.toString(1L << 30);

    private static final String CPU_SECONDS = "20";
    /** Copying reads and writes a whole disk. */
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);

    private static final String COPY_CPU_SECONDS = "300";
    /** Its threads' stacks and arenas take addresses, though hardly any memory. */
    private static final String COPY_ADDRESS_SPACE_BYTES = Long.toString(4L << 30);

    private final ProcessRunner runner = new ProcessRunner(LIMIT, MAX_OUTPUT_BYTES);
    private final ProcessRunner copier = new ProcessRunner(COPY_LIMIT, MAX_OUTPUT_BYTES);
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Lets QEMU read what {@link Qcow2Header} has admitted.
     *
     * @return the virtual size in bytes
     * @throws DriverException {@code REFUSED} when QEMU cannot read it, or sees another file behind it
     */
    long virtualSizeBytes(Path file) throws DriverException {
        ProcessRunner.Result result =
                run(List.of("qemu-img", "info", "--output=json", "-U", "-f", "qcow2", file.toString()));
        if (result.status() != 0) {
            throw new DriverException(Failure.REFUSED, "QEMU cannot read the qcow2 file");
        }
        try {
            JsonNode info = json.readTree(result.output());
            boolean alone = !info.has("backing-filename")
                    && !info.path("format-specific").path("data").has("data-file");
            if (!alone || !info.path("virtual-size").canConvertToLong()) {
                throw new DriverException(Failure.REFUSED, "QEMU sees another file behind the qcow2 file");
            }
            return info.path("virtual-size").asLong();
        } catch (JsonProcessingException e) {
            throw new DriverException(Failure.FAILED, "qemu-img info: " + e.getOriginalMessage(), e);
        }
    }

    /** Makes a copy-on-write clone of the base in a new file. */
    void clone(Path base, DiskFormat format, Path clone, long sizeBytes) throws DriverException {
        ProcessRunner.Result result = run(List.of(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                format.name().toLowerCase(Locale.ROOT),
                "-b",
                base.toString(),
                clone.toString(),
                Long.toString(sizeBytes)));
        if (result.status() != 0) {
            throw new DriverException(Failure.FAILED, "cloning " + base.getFileName() + ": " + result.output());
        }
    }

    /** Makes a raw copy of the base in a new file, in which what is zero takes no room. */
    void copy(Path base, DiskFormat format, Path copy, long sizeBytes) throws DriverException {
        ProcessRunner.Result result = copier.run(bounded(
                COPY_ADDRESS_SPACE_BYTES,
                COPY_CPU_SECONDS,
                List.of(
                        "qemu-img",
                        "convert",
                        "-q",
                        "-f",
                        format.name().toLowerCase(Locale.ROOT),
                        "-O",
                        "raw",
                        base.toString(),
                        copy.toString())));
        if (result.status() != 0) {
            throw new DriverException(Failure.FAILED, "copying " + base.getFileName() + ": " + result.output());
        }
        ProcessRunner.Result grown =
                run(List.of("qemu-img", "resize", "-q", "-f", "raw", copy.toString(), Long.toString(sizeBytes)));
        if (grown.status() != 0) {
            throw new DriverException(Failure.FAILED, "growing " + copy.getFileName() + ": " + grown.output());
        }
    }

    private ProcessRunner.Result run(List<String> command) throws DriverException {
        return runner.run(bounded(ADDRESS_SPACE_BYTES, CPU_SECONDS, command));
    }

    private static List<String> bounded(String addressSpaceBytes, String cpuSeconds, List<String> command) {
        List<String> bounded =
                new ArrayList<>(List.of("prlimit", "--as=" + addressSpaceBytes, "--cpu=" + cpuSeconds, "--"));
        bounded.addAll(command);
        return bounded;
    }
}
