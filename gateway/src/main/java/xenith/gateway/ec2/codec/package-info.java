/**
 * Turns EC2's wire forms (Query parameters, SOAP bodies, XML answers) into the AWS SDK's own model classes and back.
 *
 * <p>Start reading at {@link xenith.gateway.ec2.codec.ActionShapes}, which finds the tables of one action; then {@link
 * xenith.gateway.ec2.codec.QueryReader} and {@link xenith.gateway.ec2.codec.ResponseWriter}, which work from them.
 *
 * <p>Knows neither HTTP nor signatures nor the engine; what an action means is not decided here.
 */
package xenith.gateway.ec2.codec;
