package xenith.engine.model;

/** An account, other than its owner's, that may use an image. */
public record ImageShare(ImageId image, AccountId account) {}
