/**
 * What each EC2 action means: a typed request in, a typed answer out, the engine's services called between.
 *
 * <p>Start reading at {@link xenith.gateway.ec2.actions.ActionTable}, where every action has its row; then the
 * {@code ...Actions} class that the row names. What belongs to EC2 alone (ids, reservations, client tokens, tags, key
 * pairs) lies in {@link xenith.gateway.ec2.tables}.
 *
 * <p>Knows neither HTTP nor signatures nor wire forms.
 */
package xenith.gateway.ec2.actions;
