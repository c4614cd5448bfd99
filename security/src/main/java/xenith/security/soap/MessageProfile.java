package xenith.security.soap;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one kind of client's messages must be like. Body and Timestamp are signed in all of them.
 *
 * @param signatures which signatures may be verified
 * @param tokens how the signer's certificates may arrive
 * @param everyHeaderSigned whether each header block beside Security must be signed too
 * @param trust says who the signer is, of certificates with the signer's own first, or refuses
 */
record MessageProfile<S>(
        SignaturePolicy signatures,
        Set<TokenKind> tokens,
        boolean everyHeaderSigned,
        Function<List<X509Certificate>, S> trust) {}
