package xenith.engine.model;

/** How an image's bytes are to be read; always explicit, never probed when a guest starts. */
public enum DiskFormat {
    RAW,
    QCOW2
}
