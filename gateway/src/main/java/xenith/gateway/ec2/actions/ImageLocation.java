package xenith.gateway.ec2.actions;

import xenith.engine.model.Image;
import xenith.engine.model.ImageKind;

/**
 * What an image location says: {@code kernel:PATH} registers a kernel, {@code ramdisk:PATH} a ramdisk, and any other a
 * machine image. EC2 tells them apart by the image's manifest; here an image is a file and has none.
 *
 * @param path of the file in the image store
 */
record ImageLocation(ImageKind kind, String path) {
    private static final String KERNEL = "kernel:";
    private static final String RAMDISK = "ramdisk:";
    private static final int MAX_CHARS = 1024;

    /** @throws xenith.gateway.ec2.codec.Ec2Error MissingParameter, InvalidParameterValue */
    static ImageLocation parse(String text) {
        if (text == null || text.isBlank()) {
            throw Refusals.missing("ImageLocation");
        }
        if (text.length() > MAX_CHARS) {
            throw Refusals.invalidValue("ImageLocation", text, "It is longer than " + MAX_CHARS + " characters");
        }
        ImageLocation parsed = parsed(text);
        if (parsed.path.isBlank()) {
            throw Refusals.invalidValue("ImageLocation", text, "It names no file");
        }
        return parsed;
    }

    /** The location as its owner wrote it. */
    static String of(Image image) {
        return switch (image.kind()) {
            case MACHINE -> image.location();
            case KERNEL -> KERNEL + image.location();
            case RAMDISK -> RAMDISK + image.location();
        };
    }

    private static ImageLocation parsed(String text) {
        if (text.startsWith(KERNEL)) {
            return new ImageLocation(ImageKind.KERNEL, text.substring(KERNEL.length()));
        }
        if (text.startsWith(RAMDISK)) {
            return new ImageLocation(ImageKind.RAMDISK, text.substring(RAMDISK.length()));
        }
        return new ImageLocation(ImageKind.MACHINE, text);
    }
}
