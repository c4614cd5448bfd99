package xenith.security.soap;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.wss4j.common.crypto.AlgorithmSuite;
import org.apache.wss4j.dom.WSConstants;
import org.apache.xml.security.signature.XMLSignature;
import org.w3c.dom.Element;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.x509.CertificateStrength;

/**
 * Which signatures may be verified at all: RSA, listed digests, exclusive C14N as the only canonicalisation and the only
 * transform, references to Ids within the message, and the key in the message's own token.
 */
final class SignaturePolicy {
    /** Timestamp, Body, token, and some other headers. */
    static final int MAX_REFERENCES = 10;

    private static final Set<String> CANONICALISATIONS = Set.of(WSConstants.C14N_EXCL_OMIT_COMMENTS);
    private static final Set<String> SIGNATURES = Set.of(
            WSConstants.RSA_SHA256,
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA384,
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA512);
    private static final Set<String> DIGESTS = Set.of(WSConstants.SHA256, WSConstants.SHA384, WSConstants.SHA512);

    private final Set<String> signatures;
    private final Set<String> digests;
    private final int minRsaBits;

    SignaturePolicy(Sha1Policy sha1, int minRsaBits) {
        boolean allowed = sha1 == Sha1Policy.ALLOW;
        this.signatures = allowed ? with(SIGNATURES, WSConstants.RSA_SHA1) : SIGNATURES;
        this.digests = allowed ? with(DIGESTS, WSConstants.SHA1) : DIGESTS;
        this.minRsaBits = minRsaBits;
    }

    private static Set<String> with(Set<String> set, String more) {
        return Stream.concat(set.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    /** Refuses the shapes and algorithms that are not allowed, before anything is computed. */
    void check(Element signature, Element token) {
        Elements.requireCount(signature, 3);
        Elements.requireCount(Elements.only(signature, WSConstants.SIG_NS, "SignatureValue"), 0);
        checkKeyInfo(Elements.only(signature, WSConstants.SIG_NS, "KeyInfo"), token);
        Element signedInfo = Elements.only(signature, WSConstants.SIG_NS, "SignedInfo");
        requireAlgorithm(signedInfo, "CanonicalizationMethod", CANONICALISATIONS);
        requireAlgorithm(signedInfo, "SignatureMethod", signatures);
        List<Element> references = Elements.children(signedInfo, WSConstants.SIG_NS, "Reference");
        if (references.isEmpty() || references.size() > MAX_REFERENCES) {
            throw malformed(references.size() + " references are not within 1.." + MAX_REFERENCES + ".");
        }
        Elements.requireCount(signedInfo, references.size() + 2);
        references.forEach(this::checkReference);
    }

    private void checkReference(Element reference) {
        String uri = reference.getAttributeNS(null, "URI");
        if (uri.length() < 2 || uri.charAt(0) != '#' || uri.startsWith("#xpointer")) {
            throw malformed("The reference " + RefusedException.quote(uri) + " is not to an Id in the message.");
        }
        Elements.requireCount(reference, 3);
        Element transforms = Elements.only(reference, WSConstants.SIG_NS, "Transforms");
        Elements.requireCount(transforms, 1);
        requireAlgorithm(transforms, "Transform", CANONICALISATIONS);
        requireAlgorithm(reference, "DigestMethod", digests);
    }

    /** The key must be that of the token, referred to directly. */
    private static void checkKeyInfo(Element keyInfo, Element token) {
        Element holder = Elements.onlyChild(keyInfo, WSConstants.WSSE_NS, "SecurityTokenReference");
        Element reference = Elements.onlyChild(holder, WSConstants.WSSE_NS, "Reference");
        String id = token.getAttributeNS(WSConstants.WSU_NS, "Id");
        if (id.isEmpty() || !reference.getAttributeNS(null, "URI").equals("#" + id)) {
            throw malformed("The signature's key must be the BinarySecurityToken of the same header.");
        }
    }

    private static void requireAlgorithm(Element parent, String child, Set<String> allowed) {
        String algorithm = Elements.only(parent, WSConstants.SIG_NS, child).getAttributeNS(null, "Algorithm");
        if (!allowed.contains(algorithm)) {
            throw new RefusedException(
                    Refusal.ALGORITHM_NOT_ALLOWED, child + " is " + RefusedException.quote(algorithm) + ".");
        }
    }

    /** The same lists for WSS4J, which checks them again. */
    AlgorithmSuite algorithmSuite() {
        AlgorithmSuite suite = new AlgorithmSuite();
        signatures.forEach(suite::addSignatureMethod);
        digests.forEach(suite::addDigestAlgorithm);
        CANONICALISATIONS.forEach(suite::addC14nAlgorithm);
        CANONICALISATIONS.forEach(suite::addTransformAlgorithm);
        suite.setMinimumAsymmetricKeyLength(minRsaBits);
        suite.setMaximumAsymmetricKeyLength(CertificateStrength.MAX_RSA_BITS);
        return suite;
    }

    private static RefusedException malformed(String detail) {
        return new RefusedException(Refusal.MALFORMED_SECURITY_HEADER, detail);
    }
}
