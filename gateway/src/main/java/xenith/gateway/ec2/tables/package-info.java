/**
 * What belongs to EC2 alone: external ids, reservations, client tokens, tags, key pairs. Rows only, no decisions.
 *
 * <p>Start reading at {@link xenith.gateway.ec2.tables.Ec2Tables}. They are written through the engine's unit of work,
 * so that one commit covers a machine and what EC2 calls it. Knows no action and no wire form.
 */
package xenith.gateway.ec2.tables;
