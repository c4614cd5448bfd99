package xenith.security.soap;

/**
 * A message whose signature was verified.
 *
 * @param digest names the message, 64 lower-case hex digits; nobody but the signer can change it
 */
record SignedMessage<S>(S signer, SignedEnvelope envelope, MessageLifetime lifetime, String digest) {}
