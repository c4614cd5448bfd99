/**
 * What monitored instances use, as Prometheus reads it.
 *
 * <p>Start reading at {@link xenith.gateway.metrics.InstanceSamples}, which asks hosts once in a while; {@link
 * xenith.gateway.metrics.MetricsFront} answers with what it last heard. It must not know EC2's protocols.
 */
package xenith.gateway.metrics;
