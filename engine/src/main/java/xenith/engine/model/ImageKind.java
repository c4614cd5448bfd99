package xenith.engine.model;

/** What an image is for; EC2's prefixes are ami, aki and ari. */
public enum ImageKind {
    MACHINE,
    KERNEL,
    RAMDISK
}
