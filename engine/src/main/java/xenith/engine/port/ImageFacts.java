package xenith.engine.port;

import xenith.engine.model.DiskFormat;

/** What examining an image has shown. Sizes are in bytes. */
public record ImageFacts(DiskFormat format, long sizeBytes, long virtualSizeBytes) {}
