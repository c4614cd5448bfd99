package xenith.security.grid;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** What the attributes of a distinguished name are called in its one-line form. */
final class AttributeTypes {
    /** OpenSSL's short names of the types of RFC 5280 and RFC 4519, and of those that grids use. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("2.5.4.3", "CN"),
            entry("2.5.4.4", "SN"),
            entry("2.5.4.5", "serialNumber"),
            entry("2.5.4.6", "C"),
            entry("2.5.4.7", "L"),
            entry("2.5.4.8", "ST"),
            entry("2.5.4.9", "street"),
            entry("2.5.4.10", "O"),
            entry("2.5.4.11", "OU"),
            entry("2.5.4.12", "title"),
            entry("2.5.4.13", "description"),
            entry("2.5.4.15", "businessCategory"),
            entry("2.5.4.17", "postalCode"),
            entry("2.5.4.41", "name"),
            entry("2.5.4.42", "GN"),
            entry("2.5.4.43", "initials"),
            entry("2.5.4.44", "generationQualifier"),
            entry("2.5.4.46", "dnQualifier"),
            entry("2.5.4.65", "pseudonym"),
            entry("2.5.4.97", "organizationIdentifier"),
            entry("0.9.2342.19200300.100.1.1", "UID"),
            entry("0.9.2342.19200300.100.1.25", "DC"),
            entry("1.2.840.113549.1.9.1", "emailAddress"),
            entry("1.2.840.113549.1.9.2", "unstructuredName"));

    /** What other and older software calls the same types, in lower case. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            entry("c", "C"),
            entry("cn", "CN"),
            entry("dc", "DC"),
            entry("e", "emailAddress"),
            entry("email", "emailAddress"),
            entry("emailaddress", "emailAddress"),
            entry("l", "L"),
            entry("o", "O"),
            entry("ou", "OU"),
            entry("s", "ST"),
            entry("st", "ST"),
            entry("uid", "UID"),
            entry("userid", "UID"));

    private AttributeTypes() {}

    /** The short name, or the dotted number of a type without one. */
    static String name(ASN1ObjectIdentifier type) {
        return NAMES.getOrDefault(type.getId(), type.getId());
    }

    /** The name that stands for this one and its aliases. */
    static String canonical(String name) {
        return ALIASES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }
}
