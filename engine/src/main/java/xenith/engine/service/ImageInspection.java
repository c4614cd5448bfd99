package xenith.engine.service;

import xenith.engine.model.Image;

/** Looks at an image before it is registered; does driver work on the engine's own threads. Thread-safe. */
public interface ImageInspection {
    /**
     * The image with what its file has shown.
     *
     * @throws EngineException {@code IMAGE_REFUSED} naming the reason, {@code HOST_UNAVAILABLE} when nothing answered
     *     in time
     */
    Image inspect(Image image);
}
