/**
 * The operators' interface: JSON over HTTP under {@code /xenith/v1}, signed with Signature Version 4, authorised by role.
 *
 * <p>Start reading at {@link xenith.gateway.api.OperatorsApi}, which names every resource; then {@link
 * xenith.gateway.api.VmsResource}. What is refused gets its code and status from {@link xenith.gateway.api.Failure}
 * alone. The document {@code openapi.json} is kept by hand beside it, and a test holds the two together.
 *
 * <p>It must not know EC2's protocols, nor any driver.
 */
package xenith.gateway.api;
