package xenith.drivers.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A small disk with a FAT12 file system of a few files in its root, by Microsoft's FAT specification of 2005. Equal
 * files make equal bytes. Names are ASCII of at most 26 characters, so that two entries hold each.
 */
final class FatDisk {
    private static final int SECTOR = 512;
    private static final int ENTRY = 32;
    private static final int ROOT_ENTRIES = 64;
    private static final int ROOT_SECTORS = ROOT_ENTRIES * ENTRY / SECTOR;
    private static final int RESERVED_SECTORS = 1;
    private static final int FATS = 2;
    /** Above that it would be a FAT16. */
    private static final int MAX_CLUSTERS = 4084;

    private static final int MIN_CLUSTERS = 64;
    private static final int MEDIA = 0xf8;
    private static final int END_OF_FILE = 0xfff;
    private static final int VOLUME_LABEL = 0x08;
    private static final int LONG_NAME = 0x0f;
    private static final int LONG_NAME_CHARS = 13;
    private static final int LONG_NAME_ENTRIES = 2;
    private static final int LAST_LONG_NAME = 0x40;
    /** The first day that FAT knows, the first of January 1980. */
    private static final short DATE = 0x21;
    /** Where the characters of a long name stand in its entry. */
    private static final int[] LONG_NAME_OFFSETS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    private final ByteBuffer disk;
    private final int fatSectors;
    private int nextCluster = 2;
    private int nextEntry;

    private FatDisk(int clusters) {
        fatSectors = ((clusters + 2) * 3 / 2 + SECTOR) / SECTOR;
        int sectors = RESERVED_SECTORS + FATS * fatSectors + ROOT_SECTORS + clusters;
        disk = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        bootSector(sectors);
        for (int fat = 0; fat < FATS; fat++) {
            link(fat, 0, 0xf00 | MEDIA);
            link(fat, 1, END_OF_FILE);
        }
    }

    /**
     * @param label at most 11 characters
     * @param files contents by name, in the order of the map
     * @throws IllegalArgumentException when they do not fit into 2 MiB
     */
    static byte[] of(String label, Map<String, byte[]> files) {
        int needed = files.values().stream()
                .mapToInt(content -> clusters(content.length))
                .sum();
        if (needed > MAX_CLUSTERS || files.size() * (1 + LONG_NAME_ENTRIES) + 1 > ROOT_ENTRIES) {
            throw new IllegalArgumentException("files of " + needed + " sectors do not fit on the disk");
        }
        FatDisk disk = new FatDisk(Math.max(MIN_CLUSTERS, needed));
        disk.label(label);
        files.forEach(disk::file);
        return disk.disk.array();
    }

    private static int clusters(int bytes) {
        return (bytes + SECTOR - 1) / SECTOR;
    }

    private void bootSector(int sectors) {
        disk.put(0, new byte[] {(byte) 0xeb, 0x3c, (byte) 0x90});
        ascii(3, "XENITH", 8);
        disk.putShort(11, (short) SECTOR);
        disk.put(13, (byte) 1);
        disk.putShort(14, (short) RESERVED_SECTORS);
        disk.put(16, (byte) FATS);
        disk.putShort(17, (short) ROOT_ENTRIES);
        disk.putShort(19, (short) sectors);
        disk.put(21, (byte) MEDIA);
        disk.putShort(22, (short) fatSectors);
        disk.putShort(24, (short) 32);
        disk.putShort(26, (short) 2);
        disk.put(36, (byte) 0x80);
        disk.put(38, (byte) 0x29);
        ascii(54, "FAT12", 8);
        disk.putShort(510, (short) 0xaa55);
    }

    private void label(String label) {
        ascii(43, label, 11);
        int at = entry();
        ascii(at, label, 11);
        disk.put(at + 11, (byte) VOLUME_LABEL);
        disk.putShort(at + 24, DATE);
    }

    private void file(String name, byte[] content) {
        if (name.length() > LONG_NAME_ENTRIES * LONG_NAME_CHARS) {
            throw new IllegalArgumentException(
                    "name '" + name + "' is longer than " + LONG_NAME_ENTRIES * LONG_NAME_CHARS);
        }
        byte[] shortName = String.format("FILE%04d   ", nextEntry).getBytes(StandardCharsets.US_ASCII);
        longName(name, shortName);
        int at = entry();
        disk.put(at, shortName);
        disk.putShort(at + 16, DATE);
        disk.putShort(at + 18, DATE);
        disk.putShort(at + 24, DATE);
        disk.putShort(at + 26, (short) (content.length == 0 ? 0 : nextCluster));
        disk.putInt(at + 28, content.length);
        content(content);
    }

    /** The name's parts, its end first, each with its number. */
    private void longName(String name, byte[] shortName) {
        int parts = (name.length() + LONG_NAME_CHARS - 1) / LONG_NAME_CHARS;
        for (int part = parts; part > 0; part--) {
            int at = entry();
            disk.put(at, (byte) (part == parts ? LAST_LONG_NAME | part : part));
            disk.put(at + 11, (byte) LONG_NAME);
            disk.put(at + 13, (byte) checksum(shortName));
            for (int i = 0; i < LONG_NAME_CHARS; i++) {
                int from = (part - 1) * LONG_NAME_CHARS + i;
                int c = from < name.length() ? name.charAt(from) : from == name.length() ? 0 : 0xffff;
                disk.putShort(at + LONG_NAME_OFFSETS[i], (short) c);
            }
        }
    }

    private static int checksum(byte[] shortName) {
        int sum = 0;
        for (byte b : shortName) {
            sum = ((sum & 1) << 7) + (sum >> 1) + (b & 255) & 255;
        }
        return sum;
    }

    private void content(byte[] content) {
        int count = clusters(content.length);
        int first = RESERVED_SECTORS + FATS * fatSectors + ROOT_SECTORS;
        disk.put((first + nextCluster - 2) * SECTOR, content);
        for (int i = 0; i < count; i++) {
            for (int fat = 0; fat < FATS; fat++) {
                link(fat, nextCluster, i == count - 1 ? END_OF_FILE : nextCluster + 1);
            }
            nextCluster++;
        }
    }

    /** Two clusters share three bytes. */
    private void link(int fat, int cluster, int value) {
        int at = (RESERVED_SECTORS + fat * fatSectors) * SECTOR + cluster * 3 / 2;
        int both = disk.getShort(at) & 0xffff;
        int packed = cluster % 2 == 0 ? (both & 0xf000) | value : (both & 0x000f) | (value << 4);
        disk.putShort(at, (short) packed);
    }

    private int entry() {
        return (RESERVED_SECTORS + FATS * fatSectors) * SECTOR + ENTRY * nextEntry++;
    }

    private void ascii(int at, String text, int length) {
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) ' ');
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        disk.put(at, padded);
    }
}
