package xenith.security.grid;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** The extensions that mark proxies, right and wrong ones. */
final class ProxyExtensions {
    static final String INHERIT_ALL = "1.3.6.1.5.5.7.21.1";
    static final String INDEPENDENT = "1.3.6.1.5.5.7.21.2";
    static final String LIMITED = "1.3.6.1.4.1.3536.1.1.1.9";
    static final ASN1ObjectIdentifier RFC = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.14");
    static final ASN1ObjectIdentifier DRAFT = new ASN1ObjectIdentifier("1.3.6.1.4.1.3536.1.222");

    private ProxyExtensions() {}

    static Made.Added rfc(String language) {
        return new Made.Added(RFC, true, new DERSequence(policy(language)));
    }

    static Made.Added rfc(String language, int pathLength) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(new ASN1Integer(pathLength));
        parts.add(policy(language));
        return new Made.Added(RFC, true, new DERSequence(parts));
    }

    static Made.Added draft(String language, int pathLength) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(policy(language));
        parts.add(new DERTaggedObject(true, 1, new ASN1Integer(pathLength)));
        return new Made.Added(DRAFT, true, new DERSequence(parts));
    }

    static DERSequence policy(String language) {
        return new DERSequence(new ASN1ObjectIdentifier(language));
    }
}
