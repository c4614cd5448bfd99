/**
 * A cloud started as a user would, driven by clients that we did not write.
 *
 * <p>Start reading at {@link xenith.acceptance.RunningCloud}. What is tested is what was packaged, through {@code
 * ./xenith} and over the wire; of the project's classes only the simulated hosts' audit is used, when the cloud is down.
 */
package xenith.acceptance;
