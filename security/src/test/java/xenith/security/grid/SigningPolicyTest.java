package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.security.x509.InvalidCertificateException;

class SigningPolicyTest {
    private static final GridName AUTHORITY = new GridName("/C=DE/O=Grid/CN=Grid CA");

    /** In the layout of the files that authorities of the IGTF distribute. */
    private static final String FILE = """
            # Signing policy file for the Grid CA
             access_id_CA   X509    '/C=DE/O=Grid/CN=Grid CA'
             pos_rights     globus  CA:sign
             cond_subjects  globus  '"/C=DE/O=Grid/*" "/C=DE/O=Other/CN=?lice"'

            access_id_CA X509 "/O=Second"
            pos_rights globus CA:sign
            cond_subjects globus "/O=Second/Email=*"
            pos_rights globus CA:sign
            cond_subjects globus /O=Plain/*
            """;

    private static boolean allows(String authority, String subject) throws InvalidCertificateException {
        return SigningPolicyParser.parse(FILE).allows(new GridName(authority), new GridName(subject));
    }

    @ParameterizedTest
    @CsvSource({
        "/C=DE/O=Grid/CN=Grid CA, /C=DE/O=Grid/CN=Alice, true",
        "/C=DE/O=Grid/CN=Grid CA, /C=DE/O=Grid/OU=A/CN=host/a.b, true",
        "/C=DE/O=Grid/CN=Grid CA, /C=DE/O=Other/CN=Alice, true",
        "/C=DE/O=Grid/CN=Grid CA, /C=DE/O=Other/CN=lice, false",
        "/C=DE/O=Grid/CN=Grid CA, /C=DE/O=Other/CN=Alices, false",
        "/C=DE/O=Grid/CN=Grid CA, /C=de/O=Grid/CN=Alice, false",
        "/C=DE/O=Grid/CN=Grid CA, /O=Second/Email=a, false",
        "/O=Second, /O=Second/emailAddress=a, true",
        "/O=Second, /O=Plain/CN=a, true",
        "/O=Second, /O=Second/CN=a, false",
        "/O=Third, /C=DE/O=Grid/CN=Alice, false"
    })
    void anAuthorityMayCertifyWhatItsPatternsMatch(String authority, String subject, boolean allowed)
            throws InvalidCertificateException {
        assertThat(allows(authority, subject)).isEqualTo(allowed);
    }

    @Test
    void aPatternIsNoRegularExpression() throws InvalidCertificateException {
        String text = FILE.replace("/C=DE/O=Grid/*", "/O=a.c[0-9]");

        assertThat(SigningPolicyParser.parse(text).allows(AUTHORITY, new GridName("/O=abc1")))
                .isFalse();
        assertThat(SigningPolicyParser.parse(text).allows(AUTHORITY, new GridName("/O=a.c[0-9]")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pos_rights     globus  CA:sign, neg_rights globus CA:sign, 3, not supported",
        "pos_rights     globus  CA:sign, pos_rights globus CA:revoke, 3, not CA:sign",
        "pos_rights     globus  CA:sign, '', 4, must follow pos_rights",
        "access_id_CA   X509, access_id_ANY X509, 2, not supported",
        "'access_id_CA   X509    ''/C=DE/O=Grid/CN=Grid CA''', access_id_CA, 2, a keyword",
        "'access_id_CA   X509    ''/C=DE/O=Grid/CN=Grid CA''', '', 3, must follow access_id_CA",
        "'''/C=DE/O=Grid/CN=Grid CA''', Grid, 2, does not begin like",
        "cond_subjects  globus, cond_time globus, 4, not supported"
    })
    void whatIsNotUnderstoodIsRefusedAndItsLineNamed(String old, String with, int line, String reason) {
        assertThat(FILE).contains(old);

        assertThatThrownBy(() -> SigningPolicyParser.parse(FILE.replaceFirst(Pattern.quote(old), with)))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining("line " + line + ":")
                .hasMessageContaining(reason);
    }

    @Test
    void aRightWithoutSubjectsIsRefused() {
        assertThatThrownBy(() -> SigningPolicyParser.parse(FILE + "pos_rights globus CA:sign\n"))
                .hasMessageContaining("cond_subjects must follow");
        assertThatThrownBy(
                        () -> SigningPolicyParser.parse(FILE + "pos_rights globus CA:sign\naccess_id_CA X509 '/O=a'\n"))
                .hasMessageContaining("line 12: cond_subjects must follow");
    }
}
