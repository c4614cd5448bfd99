package xenith.engine.model;

/** Whether an image can be booted. */
public enum ImageState {
    /** Being fetched. */
    PENDING,
    AVAILABLE,
    /** Could not be fetched or read; its reason says why. */
    FAILED,
    /** No longer there for anybody; kept for the machines that were made from it. */
    DEREGISTERED
}
