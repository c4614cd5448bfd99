package xenith.engine.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images that a node keeps; those that nobody uses make room for new ones, the one used longest ago first. */
final class ImageCache {
    private static final long NEVER_USED = Long.MIN_VALUE;

    private final long capacityMib;
    private final List<Kept> kept = new ArrayList<>();

    /** An image, until when it was last wanted, and who uses it. */
    private static final class Kept {
        private final DiskImage image;
        private final Set<Transfer.Copy> users = new HashSet<>();
        private long wantedUntil = NEVER_USED;

        private Kept(DiskImage image) {
            this.image = image;
        }
    }

    ImageCache(long capacityMib) {
        this.capacityMib = capacityMib;
    }

    boolean has(String image) {
        return find(image).isPresent();
    }

    boolean isWantedUntil(String image, long time) {
        return find(image).filter(there -> there.wantedUntil >= time).isPresent();
    }

    void use(String image, Transfer.Copy by, long until) {
        find(image).ifPresent(there -> {
            there.users.add(by);
            there.wantedUntil = Math.max(there.wantedUntil, until);
        });
    }

    void release(Transfer.Copy by) {
        kept.forEach(there -> there.users.remove(by));
    }

    /** Keeps it, unless it is there or those in use leave no room. */
    void arrived(DiskImage image, List<Transfer.Copy> by) {
        if (!has(image.id()) && sizeMib() + image.sizeMib() > capacityMib && !shrink()) {
            return;
        }
        if (!has(image.id())) {
            kept.add(new Kept(image));
        }
        by.forEach(copy -> use(image.id(), copy, NEVER_USED));
    }

    /** As the ancestor shrinks: one at least, and until the rest, without the new one, fits. */
    private boolean shrink() {
        do {
            Optional<Kept> oldest = kept.stream()
                    .filter(there -> there.users.isEmpty())
                    .min(Comparator.comparingLong(there -> there.wantedUntil));
            if (oldest.isEmpty()) {
                return false;
            }
            kept.remove(oldest.get());
        } while (sizeMib() > capacityMib);
        return true;
    }

    private long sizeMib() {
        return kept.stream().mapToLong(there -> there.image.sizeMib()).sum();
    }

    private Optional<Kept> find(String image) {
        return kept.stream().filter(there -> there.image.id().equals(image)).findFirst();
    }
}
