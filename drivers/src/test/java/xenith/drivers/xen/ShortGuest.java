package xenith.drivers.xen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import xenith.drivers.GuestImages;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.HostEndpoint;

/**
 * The small guest without its disk and card: a host in emulation needs a few seconds to start it instead of a quarter of
 * a minute. It says who it is, and ends and reboots when it is asked to. A kernel takes ramdisks that are written one
 * behind the other, and of a file the last; so it is the small guest's ramdisk with another beginning.
 */
record ShortGuest(Path kernel, Path ramdisk) {
    private static final String WORDS = "short guest ";
    private static final String ARGUMENT = "xenith.vm=";
    private static final String INIT = """
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            mount -t proc proc /proc
            for word in $(cat /proc/cmdline); do
                case $word in %s*) echo "%s${word#*=}" ;; esac
            done
            while sleep 3600; do :; done
            """.formatted(ARGUMENT, WORDS);
    private static final String ENDING = "#!/bin/busybox sh\nexec /bin/busybox %s -f\n";
    private static final int EXECUTABLE = 0100755;
    private static final int DIRECTORY = 040755;

    /** Makes its ramdisk in the lab's store. */
    static ShortGuest make(XenLab lab) throws IOException {
        Path mini = lab.home().resolve("images/mini");
        Path ramdisk = Files.createTempFile(lab.home().resolve("images"), "short-guest-", ".gz");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(Files.readAllBytes(mini.resolve("initrd.gz")));
        try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
            entry(gzip, "init", EXECUTABLE, INIT);
            entry(gzip, "sbin", DIRECTORY, "");
            entry(gzip, "sbin/poweroff", EXECUTABLE, ENDING.formatted("poweroff"));
            entry(gzip, "sbin/reboot", EXECUTABLE, ENDING.formatted("reboot"));
            entry(gzip, "TRAILER!!!", 0, "");
        }
        Files.write(ramdisk, all.toByteArray());
        return new ShortGuest(mini.resolve("vmlinuz"), ramdisk);
    }

    void remove() throws IOException {
        Files.delete(ramdisk);
    }

    DomainSpec domain(HostEndpoint host, UUID vm, long operation) {
        BootFiles files = new BootFiles(
                Optional.of(kernel.toString()), Optional.of(ramdisk.toString()), "quiet " + ARGUMENT + vm, List.of());
        return GuestImages.domain(host, vm, operation, files, List.of());
    }

    static String words(UUID vm) {
        return WORDS + vm;
    }

    /** In cpio's new ASCII format: thirteen numbers of eight hexadecimal digits, all padded to four bytes. */
    private static void entry(GZIPOutputStream out, String name, int mode, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String header = String.format(
                "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x",
                0, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, name.length() + 1, 0);
        byte[] head = (header + name + "\0").getBytes(StandardCharsets.US_ASCII);
        out.write(head);
        out.write(new byte[-head.length & 3]);
        out.write(bytes);
        out.write(new byte[-bytes.length & 3]);
    }
}
