/**
 * EC2's two protocols as fronts of the HTTP server: who calls is verified, the request read by the codec, the action done,
 * the answer or refusal written in the caller's dialect.
 *
 * <p>Start reading at {@link xenith.gateway.ec2.front.QueryFront}; then {@link xenith.gateway.ec2.front.SoapGuard} and
 * {@link xenith.gateway.ec2.front.SoapFront}, which are the same on CXF. {@link xenith.gateway.ec2.front.Failure} is the
 * only place where what went wrong becomes a code and a status.
 *
 * <p>It must not know what an action means.
 */
package xenith.gateway.ec2.front;
