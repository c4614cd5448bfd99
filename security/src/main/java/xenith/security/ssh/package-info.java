/**
 * SSH key pairs as EC2 makes and imports them.
 *
 * <p>Start reading at {@link xenith.security.ssh.SshKeyPairs} (CreateKeyPair); {@link xenith.security.ssh.SshPublicKey}
 * reads what a user brings (ImportKeyPair).
 *
 * <p>It must not know where keys are stored or how they reach a guest.
 */
package xenith.security.ssh;
