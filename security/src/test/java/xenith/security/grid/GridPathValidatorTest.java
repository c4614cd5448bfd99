package xenith.security.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.grid.Made.NOW;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;
import xenith.security.x509.Pem;

class GridPathValidatorTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Made ROOT = Made.root("/O=Grid/CN=Root");
    private static final Made ALICE = ROOT.user("/O=Grid/CN=Alice User");

    @TempDir
    Path directory;

    private TrustFiles files;

    @BeforeEach
    void trustTheRoot() {
        files = new TrustFiles(directory).trust(ROOT, "/O=Grid/*");
    }

    private GridIdentity validate(Made... chain) {
        return files.validator().validate(chain(chain));
    }

    private static List<X509Certificate> chain(Made... chain) {
        return Stream.of(chain).map(Made::certificate).toList();
    }

    @Test
    void aUserOfATrustedAuthorityIsKnown() {
        GridIdentity identity = validate(ALICE);

        assertThat(identity.name()).isEqualTo(new GridName("/O=Grid/CN=Alice User"));
        assertThat(identity.subject()).isEqualTo(ALICE.certificate().getSubjectX500Principal());
        assertThat(identity.limited()).isFalse();
        assertThat(identity.expires())
                .isEqualTo(ALICE.certificate().getNotAfter().toInstant());
        assertThat(identity.chain()).containsExactly(ALICE.certificate(), ROOT.certificate());
    }

    @Test
    void theTrustedAuthorityMayComeAlongAndSoMayOthers() {
        Made stranger = Made.stranger("/O=Other/CN=Root");

        assertThat(validate(ALICE, ROOT).chain()).hasSize(2);
        assertThat(validate(ALICE, stranger).chain()).hasSize(2);
    }

    @Test
    void anUnknownAuthorityIsRefusedAlsoIfItComesAlongOrTakesTheName() {
        Made stranger = Made.stranger("/O=Other/CN=Root");
        Made impostor = Made.stranger("/O=Grid/CN=Root");

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(stranger.user("/O=Grid/CN=Alice User"), stranger));
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(impostor.user("/O=Grid/CN=Alice User"), impostor));
    }

    @Test
    void ofTwoAuthoritiesWithOneNameEitherIsTrusted() {
        Made renewed = Made.stranger("/O=Grid/CN=Root");
        files.write(TrustFiles.hash(renewed.certificate()) + ".1", Pem.of(renewed.certificate()));

        assertThat(validate(renewed.user("/O=Grid/CN=Bob")).chain()).contains(renewed.certificate());
        assertThat(validate(ALICE).chain()).contains(ROOT.certificate());
    }

    @Test
    void aChangedKeyOfAnAuthorityIsBelievedIfTheOldOneCertifiesIt() {
        Made changed = ROOT.sign(Made.plainUser("/O=Grid/CN=Root").ownKey().asAuthority());
        Made bob = changed.user("/O=Grid/CN=Bob");

        assertThat(validate(bob, changed).chain()).hasSize(3);
        files.revoke(ROOT, ROOT, NOW.minus(DAY), NOW.plus(DAY));
        assertRefused(Refusal.REVOCATION_UNKNOWN, () -> validate(bob, changed));
    }

    @Test
    void withoutASigningPolicyThatAllowsItNobodyIsCertified() throws Exception {
        Made outside = ROOT.user("/O=Elsewhere/CN=Alice User");

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(outside));
        files.policy(ROOT.certificate(), "/O=Elsewhere/*");
        assertThat(validate(outside)).isNotNull();
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(ALICE));
        Files.delete(directory.resolve(TrustFiles.hash(ROOT.certificate()) + ".signing_policy"));
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(outside));
    }

    @Test
    void anAuthorityBetweenIsTakenFromTheDirectoryOrTheMessageAndNeedsAPolicyToo() {
        Made between = ROOT.authority("/O=Grid/CN=Between");
        Made bob = between.user("/O=Grid/CN=Bob");

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(bob));
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(bob, between));
        files.policy(between.certificate(), "/O=Grid/CN=B*");
        assertThat(validate(bob, between).chain()).hasSize(3);
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(bob));
        files.certificate(between.certificate());
        assertThat(validate(bob).chain()).hasSize(3);
    }

    @Test
    void aPathEndsOnlyAtAnAuthorityThatCertifiesItself() {
        Made stranger = Made.stranger("/O=Other/CN=Root");
        Made between = stranger.authority("/O=Grid/CN=Between");
        files.trust(between, "/O=Grid/*");

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(between.user("/O=Grid/CN=Bob")));
    }

    @Test
    void aUserIsNoAuthority() {
        Made mallory = ROOT.user("/O=Grid/CN=Mallory");
        files.policy(mallory.certificate(), "/O=Grid/*");
        Made forged = mallory.user("/O=Grid/CN=Alice User");

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(forged, mallory));
        files.certificate(mallory.certificate());
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(forged));
    }

    @Test
    void anAuthorityIsNoUser() {
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(ROOT.authority("/O=Grid/CN=Between")));
    }

    @Test
    void pathLengthAndNameConstraintsOfAuthoritiesHold() {
        Made narrow = constrained("/O=Grid/CN=Narrow", new BasicConstraints(0), "/O=Grid/OU=A");
        files.trust(narrow, "/O=Grid/*");
        Made below = narrow.authority("/O=Grid/OU=A/CN=Below");
        files.trust(below, "/O=Grid/*");

        assertThat(validate(narrow.user("/O=Grid/OU=A/CN=Bob"))).isNotNull();
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(narrow.user("/O=Grid/OU=B/CN=Bob")));
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(below.user("/O=Grid/OU=A/CN=Bob")));
    }

    private static Made constrained(String line, BasicConstraints constraints, String permitted) {
        var subtree = new GeneralSubtree(new GeneralName(Made.name(permitted)));
        Making making = Made.plainUser(line)
                .asAuthority()
                .with(Extension.basicConstraints, true, constraints)
                .with(
                        Extension.nameConstraints,
                        true,
                        new NameConstraints(new GeneralSubtree[] {subtree}, new GeneralSubtree[0]));
        return making.signedBy(making.subject(), making.keys());
    }

    @Test
    void whatIsNotValidNowIsRefused() {
        Made late = ROOT.sign(Made.plainUser("/O=Grid/CN=Late").valid(NOW.minus(DAY), NOW.minusSeconds(1)));
        Made early = ROOT.sign(Made.plainUser("/O=Grid/CN=Early").valid(NOW.plusSeconds(1), NOW.plus(DAY)));
        Making old = Made.plainUser("/O=Grid/CN=Old").asAuthority().valid(NOW.minus(DAY), NOW.minusSeconds(1));
        Made expired = old.signedBy(old.subject(), old.keys());
        files.trust(expired, "/O=Grid/*");

        assertRefused(Refusal.CERTIFICATE_NOT_VALID_NOW, () -> validate(late));
        assertRefused(Refusal.CERTIFICATE_NOT_VALID_NOW, () -> validate(early));
        assertRefused(Refusal.CERTIFICATE_NOT_VALID_NOW, () -> validate(expired.user("/O=Grid/CN=Bob")));
    }

    @Test
    void aRevokedUserIsRefusedFromTheNextRequestOnAndSoAreTheProxies() {
        assertThat(validate(ALICE)).isNotNull();
        files.revoke(ROOT, ROOT, NOW.minus(DAY), NOW.plus(DAY), ALICE.certificate());

        assertRefused(Refusal.REVOKED_CERTIFICATE, () -> validate(ALICE));
        assertRefused(Refusal.REVOKED_CERTIFICATE, () -> validate(ALICE.proxy(), ALICE));
        assertThat(validate(ROOT.user("/O=Grid/CN=Bob"))).isNotNull();
    }

    @Test
    void aRevokedAuthorityIsRefused() {
        Made between = ROOT.authority("/O=Grid/CN=Between");
        files.trust(between, "/O=Grid/*");
        files.revoke(ROOT, ROOT, NOW.minus(DAY), NOW.plus(DAY), between.certificate());

        assertRefused(Refusal.REVOKED_CERTIFICATE, () -> validate(between.user("/O=Grid/CN=Bob")));
    }

    @ParameterizedTest
    @EnumSource
    void aRevocationListThatIsOutOfDateForgedOrDamagedRefusesAll(RevocationPolicy policy) {
        GridPathValidator validator = files.validator(GridStrength.MODERN, policy);

        files.revoke(ROOT, ROOT, NOW.minus(DAY), NOW.minus(Duration.ofHours(1)));
        assertRefused(Refusal.REVOCATION_UNKNOWN, () -> validator.validate(chain(ALICE)));
        files.revoke(ROOT, Made.stranger("/O=Grid/CN=Root"), NOW.minus(DAY), NOW.plus(DAY));
        assertRefused(Refusal.REVOCATION_UNKNOWN, () -> validator.validate(chain(ALICE)));
        files.write(TrustFiles.hash(ROOT.certificate()) + ".r0", "nonsense");
        assertRefused(Refusal.REVOCATION_UNKNOWN, () -> validator.validate(chain(ALICE)));
        files.revoke(ROOT, ROOT, NOW.minus(DAY), NOW.plus(DAY));
        assertThat(validator.validate(chain(ALICE))).isNotNull();
    }

    @Test
    void withoutARevocationListThePolicyDecides() {
        assertThat(validate(ALICE)).isNotNull();
        assertRefused(Refusal.REVOCATION_UNKNOWN, () -> files.validator(GridStrength.MODERN, RevocationPolicy.REQUIRED)
                .validate(chain(ALICE)));
    }

    @Test
    void weakCertificatesAreRefusedAndSha1OnlyWhereItIsAllowed() {
        GridPathValidator legacy = files.validator(GridStrength.LEGACY, RevocationPolicy.IF_PRESENT);
        Made sha1 = ROOT.sign(Made.plainUser("/O=Grid/CN=Old").algorithm("SHA1withRSA"));
        Made small = ROOT.sign(Made.plainUser("/O=Grid/CN=Small").keys(Made.newKeys("RSA", 1024)));
        Made curve = ROOT.sign(Made.plainUser("/O=Grid/CN=Curve").keys(Made.newKeys("EC", 256)));
        Made md5 = ROOT.sign(Made.plainUser("/O=Grid/CN=Older").algorithm("MD5withRSA"));

        assertRefused(Refusal.WEAK_CERTIFICATE, () -> validate(sha1));
        assertThat(legacy.validate(chain(sha1))).isNotNull();
        for (Made weak : List.of(small, curve, md5)) {
            assertRefused(Refusal.WEAK_CERTIFICATE, () -> legacy.validate(chain(weak)));
        }
    }

    @Test
    void aTrustedAuthorityNeedsALongEnoughKey() {
        Making making = Made.plainUser("/O=Grid/CN=Small").asAuthority().keys(Made.newKeys("RSA", 1024));
        Made small = making.signedBy(making.subject(), making.keys());
        files.trust(small, "/O=Grid/*");

        assertRefused(Refusal.WEAK_CERTIFICATE, () -> validate(small.user("/O=Grid/CN=Bob")));
    }

    @Test
    void keyUsageAndPurposeMustFit() {
        Making bob = Made.plainUser("/O=Grid/CN=Bob");
        Made enciphers = ROOT.sign(bob.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)));
        Made serves = ROOT.sign(purpose(bob, KeyPurposeId.id_kp_serverAuth));

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(enciphers));
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(serves));
        assertThat(validate(ROOT.sign(purpose(bob, KeyPurposeId.id_kp_clientAuth))))
                .isNotNull();
        assertThat(validate(ROOT.sign(purpose(bob, KeyPurposeId.anyExtendedKeyUsage))))
                .isNotNull();
    }

    private static Making purpose(Making making, KeyPurposeId purpose) {
        return making.with(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
    }

    @Test
    void aCriticalExtensionThatIsNotKnownIsRefused() {
        Made odd = ROOT.sign(
                Made.plainUser("/O=Grid/CN=Odd").with(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE));

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(odd));
    }

    @Test
    void aNameThatCannotBeReadIsRefused() throws Exception {
        byte[] der = ALICE.proxy().certificate().getEncoded();
        int name = new String(der, ISO_8859_1).lastIndexOf("1234");
        der[name] = (byte) 0xFF;
        var odd = Pem.certificate(der);

        assertRefused(
                Refusal.UNTRUSTED_CERTIFICATE, () -> files.validator().validate(List.of(odd, ALICE.certificate())));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, GridPathValidator.MAX_CERTIFICATES + 1})
    void aChainOfNoneOrTooManyIsRefused(int certificates) {
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> files.validator()
                .validate(Collections.nCopies(certificates, ALICE.certificate())));
    }

    @Test
    void aSubjectThatCouldBeReadAsAnotherIsRefused() {
        Made mallory = ROOT.sign(new Making(new X500Name("O=Grid,CN=Mallory/CN=Alice User"), Made.nextKeys()));

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(mallory));
    }
}
