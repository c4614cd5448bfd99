package xenith.security.grid;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * What a proxy certificate says about itself (RFC 3820 section 3.8, and the draft's form of it).
 *
 * @param rights which of its user's rights it carries
 * @param pathLength how many proxies may follow it; empty for any number
 */
record ProxyCertInfo(Rights rights, OptionalInt pathLength) {
    /** The policy languages that are known here. */
    enum Rights {
        ALL,
        /** All but what a service keeps from limited proxies; starting work is the classic case. */
        LIMITED,
        /** None of its user's, only what were granted to itself. */
        INDEPENDENT
    }

    private static final Map<String, Rights> LANGUAGES = Map.of(
            "1.3.6.1.5.5.7.21.1", Rights.ALL,
            "1.3.6.1.4.1.3536.1.1.1.9", Rights.LIMITED,
            "1.3.6.1.5.5.7.21.2", Rights.INDEPENDENT);

    /**
     * Reads the extension's value, which has the same parts in both forms: the path length as a plain integer before the
     * policy (RFC 3820), or under the tag 1 after it (draft).
     *
     * @throws RefusedException if it has another form, or a policy that is not known here
     */
    static ProxyCertInfo read(byte[] extensionValue) {
        try {
            byte[] content = ASN1OctetString.getInstance(extensionValue).getOctets();
            Deque<ASN1Encodable> parts =
                    new ArrayDeque<>(List.of(ASN1Sequence.getInstance(content).toArray()));
            OptionalInt pathLength = OptionalInt.empty();
            if (parts.peekFirst() instanceof ASN1Integer first) {
                parts.removeFirst();
                pathLength = pathLength(first);
            } else if (parts.peekLast() instanceof ASN1TaggedObject last && last.hasContextTag(1)) {
                parts.removeLast();
                pathLength = pathLength(ASN1Integer.getInstance(last, true));
            }
            ASN1Sequence policy = ASN1Sequence.getInstance(parts.removeFirst());
            if (!parts.isEmpty()) {
                throw malformed();
            }
            return new ProxyCertInfo(rights(policy), pathLength);
        } catch (RuntimeException e) {
            throw e instanceof RefusedException refused ? refused : malformed();
        }
    }

    /** The three known languages have no policy beside their name. */
    private static Rights rights(ASN1Sequence policy) {
        String language =
                ASN1ObjectIdentifier.getInstance(policy.getObjectAt(0)).getId();
        Rights rights = LANGUAGES.get(language);
        if (rights == null) {
            throw new RefusedException(
                    Refusal.INVALID_PROXY, "Its policy language " + language + " is not known here.");
        }
        if (policy.size() != 1) {
            throw malformed();
        }
        return rights;
    }

    private static OptionalInt pathLength(ASN1Integer value) {
        BigInteger length = value.getValue();
        if (length.signum() < 0) {
            throw malformed();
        }
        return OptionalInt.of(length.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue());
    }

    private static RefusedException malformed() {
        return new RefusedException(Refusal.INVALID_PROXY, "Its proxyCertInfo extension cannot be read.");
    }
}
