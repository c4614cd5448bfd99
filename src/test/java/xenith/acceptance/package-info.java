/**
 * A cloud started as a user would, driven by clients that we did not write.
 *
 * <p>Start reading at {@link xenith.acceptance.RunningCloud}. Nothing here uses the project's classes: what is tested is
 * what was packaged, through {@code ./xenith} and over the wire.
 */
package xenith.acceptance;
