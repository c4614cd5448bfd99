package xenith.drivers.images;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each key, there while somebody wants it. Thread-safe. */
final class KeyedLocks {
    private final Map<String, Entry> entries = new HashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** What holds a lock until it is closed. */
    @FunctionalInterface
    interface Held {
        void close();
    }

    /** Waits until nobody else holds that key's lock. */
    Held hold(String key) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, any -> new Entry());
            entry.users++;
        }
        entry.lock.lock();
        return () -> {
            entry.lock.unlock();
            synchronized (entries) {
                if (--entry.users == 0) {
                    entries.remove(key);
                }
            }
        };
    }
}
