package xenith.drivers.images;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The uploads to hosts that are under way. Thread-safe. */
public final class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final int PERCENT_STEP = 10;
    private static final double BYTES_PER_MIB = 1024 * 1024;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Progress, Transfer> underWay = new ConcurrentHashMap<>();

    /**
     * One upload.
     *
     * @param image the image's location
     * @param bytesDone what the host has confirmed, earlier attempts included
     */
    public record Transfer(String host, String image, long bytesDone, long bytesTotal) {}

    /** In no order. */
    public List<Transfer> underWay() {
        return List.copyOf(underWay.values());
    }

    /** Begins one; whoever begins it closes it, however it ends. */
    Progress begin(String host, String image, long bytesDone, long bytesTotal) {
        return new Progress(host, image, bytesDone, bytesTotal);
    }

    /** One upload's progress, logged at each tenth. For one thread. */
    final class Progress implements AutoCloseable {
        private final String host;
        private final String image;
        private final long bytesBefore;
        private final long bytesTotal;
        private final long startNanos = System.nanoTime();
        private long percentLogged;

        private Progress(String host, String image, long bytesBefore, long bytesTotal) {
            this.host = host;
            this.image = image;
            this.bytesBefore = bytesBefore;
            this.bytesTotal = bytesTotal;
            LOG.info("upload of {} to {}: begins at {} of {} bytes", image, host, bytesBefore, bytesTotal);
            percentLogged = percent(bytesBefore);
            done(bytesBefore);
        }

        void done(long bytesDone) {
            underWay.put(this, new Transfer(host, image, bytesDone, bytesTotal));
            long percent = percent(bytesDone);
            if (percent / PERCENT_STEP > percentLogged / PERCENT_STEP) {
                percentLogged = percent;
                double seconds = Math.max(1, System.nanoTime() - startNanos) / NANOS_PER_SECOND;
                double rate = (bytesDone - bytesBefore) / BYTES_PER_MIB / seconds;
                LOG.info("upload of {} to {}: {} %, {} MiB/s", image, host, percent, String.format("%.1f", rate));
            }
        }

        private long percent(long bytesDone) {
            return Math.round(Math.floor(100.0 * bytesDone / bytesTotal));
        }

        @Override
        public void close() {
            underWay.remove(this);
        }
    }
}
