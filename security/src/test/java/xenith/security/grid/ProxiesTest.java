package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.grid.Made.NOW;
import static xenith.security.grid.ProxyExtensions.INDEPENDENT;
import static xenith.security.grid.ProxyExtensions.INHERIT_ALL;
import static xenith.security.grid.ProxyExtensions.LIMITED;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xenith.security.Refusal;

class ProxiesTest {
    private static final Made ROOT = Made.root("/O=Grid/CN=Root");
    private static final Made ALICE = ROOT.user("/O=Grid/CN=Alice User");
    private static final Made BOB = ROOT.user("/O=Grid/CN=Bob");

    @TempDir
    Path directory;

    private TrustFiles files;

    @BeforeEach
    void trustTheRoot() {
        files = new TrustFiles(directory).trust(ROOT, "/O=Grid/*");
    }

    private GridIdentity validate(Made... chain) {
        return files.validator()
                .validate(Stream.of(chain).map(Made::certificate).toList());
    }

    private static Made rfc(Made issuer, String language) {
        return issuer.sign(issuer.proxyNamed("77").with(ProxyExtensions.rfc(language)));
    }

    @Test
    void aProxyStandsForItsUserUntilItExpires() {
        Made proxy = ALICE.sign(ALICE.proxyNamed("77")
                .with(ProxyExtensions.rfc(INHERIT_ALL))
                .valid(NOW.minusSeconds(60), NOW.plusSeconds(60)));
        GridIdentity identity = validate(proxy, ALICE);

        assertThat(identity.name().text()).isEqualTo("/O=Grid/CN=Alice User");
        assertThat(identity.limited()).isFalse();
        assertThat(identity.expires())
                .isEqualTo(proxy.certificate().getNotAfter().toInstant());
        assertThat(identity.chain()).containsExactly(proxy.certificate(), ALICE.certificate(), ROOT.certificate());
    }

    @Test
    void allThreeKindsAreKnownAndWhichOfThemAreLimited() {
        assertThat(validate(rfc(ALICE, LIMITED), ALICE).limited()).isTrue();
        assertThat(validate(draft(INHERIT_ALL, 9), ALICE).limited()).isFalse();
        assertThat(validate(draft(LIMITED, 9), ALICE).limited()).isTrue();
        assertThat(validate(ALICE.sign(ALICE.proxyNamed("proxy")), ALICE).limited())
                .isFalse();
        assertThat(validate(ALICE.sign(ALICE.proxyNamed("limited proxy")), ALICE)
                        .limited())
                .isTrue();
    }

    private static Made draft(String language, int pathLength) {
        return ALICE.sign(ALICE.proxyNamed("77").with(ProxyExtensions.draft(language, pathLength)));
    }

    @Test
    void whatFollowsALimitedProxyIsLimited() {
        Made limited = rfc(ALICE, LIMITED);

        assertThat(validate(rfc(limited, INHERIT_ALL), limited, ALICE).limited())
                .isTrue();
        Made full = rfc(ALICE, INHERIT_ALL);
        assertThat(validate(rfc(full, LIMITED), full, ALICE).limited()).isTrue();
    }

    @Test
    void aChainOfProxiesIsAsLongAsTheLimitAndEachOfThemAllow() {
        List<Made> chain = new ArrayList<>(List.of(ALICE));
        for (int i = 0; i < ProxyChain.MAX_PROXIES; i++) {
            chain.add(0, chain.get(0).proxy());
        }
        assertThat(validate(chain.toArray(Made[]::new))).isNotNull();
        chain.add(0, chain.get(0).proxy());
        assertRefused(Refusal.INVALID_PROXY, () -> validate(chain.toArray(Made[]::new)));
    }

    @Test
    void pathLengthCountsTheProxiesThatFollow() {
        Made one = ALICE.sign(ALICE.proxyNamed("1").with(ProxyExtensions.rfc(INHERIT_ALL, 1)));
        Made two = one.sign(one.proxyNamed("2").with(ProxyExtensions.rfc(INHERIT_ALL, 9)));
        Made none = draft(INHERIT_ALL, 0);
        Made afterNone = none.sign(none.proxyNamed("2").with(ProxyExtensions.draft(INHERIT_ALL, 0)));

        assertThat(validate(two, one, ALICE)).isNotNull();
        assertRefused(Refusal.INVALID_PROXY, () -> validate(two.proxy(), two, one, ALICE));
        assertThat(validate(none, ALICE)).isNotNull();
        assertRefused(Refusal.INVALID_PROXY, () -> validate(afterNone, none, ALICE));
    }

    private static Arguments wrong(String name, Refusal refusal, Made proxy) {
        return Arguments.of(name, refusal, proxy);
    }

    static Stream<Arguments> wrongProxies() {
        Making good = ALICE.proxyNamed("77").with(ProxyExtensions.rfc(INHERIT_ALL));
        RDN name = new X500Name("CN=a").getRDNs()[0];
        return Stream.of(
                wrong("independent", Refusal.INVALID_PROXY, rfc(ALICE, INDEPENDENT)),
                wrong("of an unknown policy language", Refusal.INVALID_PROXY, rfc(ALICE, "1.2.3")),
                wrong(
                        "with a policy beside its language",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(
                                ProxyExtensions.RFC, true, new DERSequence(new DERSequence(new ASN1Encodable[] {
                                    new ASN1ObjectIdentifier(INHERIT_ALL), new DEROctetString(new byte[] {1})
                                }))))),
                wrong(
                        "with nonsense for an extension",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(ProxyExtensions.RFC, true, DERNull.INSTANCE))),
                wrong(
                        "of a negative path length",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(ProxyExtensions.rfc(INHERIT_ALL, -1)))),
                wrong(
                        "whose extension is not critical",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(
                                ProxyExtensions.RFC,
                                false,
                                ProxyExtensions.rfc(INHERIT_ALL).value()))),
                wrong("signed by another user", Refusal.INVALID_PROXY, good.signedBy(ALICE.subject(), BOB.keys())),
                wrong("issued by another user", Refusal.INVALID_PROXY, BOB.sign(good)),
                wrong(
                        "under another user's name",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.named("/O=Grid/CN=Bob/CN=77"))),
                wrong(
                        "with its user's own name",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.named("/O=Grid/CN=Alice User"))),
                wrong(
                        "two names below its user",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.named("/O=Grid/CN=Alice User/CN=7/CN=7"))),
                wrong(
                        "named by something else than a common name",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.named("/O=Grid/CN=Alice User/OU=77"))),
                wrong(
                        "named twice on one level",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(new Making(
                                        below(new RDN(new AttributeTypeAndValue[] {
                                            name.getFirst(), new X500Name("OU=b").getRDNs()[0].getFirst()
                                        })),
                                        Made.nextKeys())
                                .with(ProxyExtensions.rfc(INHERIT_ALL)))),
                wrong(
                        "expired",
                        Refusal.CERTIFICATE_NOT_VALID_NOW,
                        ALICE.sign(good.valid(NOW.minus(Duration.ofDays(1)), NOW.minusSeconds(1)))),
                wrong(
                        "not valid yet",
                        Refusal.CERTIFICATE_NOT_VALID_NOW,
                        ALICE.sign(good.valid(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(1))))),
                wrong(
                        "that calls itself an authority",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(Extension.basicConstraints, true, new BasicConstraints(true)))),
                wrong(
                        "whose key must not sign",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)))),
                wrong(
                        "whose key may sign certificates",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)))),
                wrong(
                        "for servers",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)))),
                wrong(
                        "with an alternative name",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.rfc822Name, "bob@example.org"))))),
                wrong(
                        "with a critical extension that is not known",
                        Refusal.INVALID_PROXY,
                        ALICE.sign(good.with(new ASN1ObjectIdentifier("1.2.3"), true, DERNull.INSTANCE))),
                wrong("signed over SHA-1", Refusal.WEAK_CERTIFICATE, ALICE.sign(good.algorithm("SHA1withRSA"))),
                wrong("of a short key", Refusal.WEAK_CERTIFICATE, ALICE.sign(good.keys(Made.newKeys("RSA", 1024)))));
    }

    private static X500Name below(RDN own) {
        List<RDN> parts = new ArrayList<>(List.of(ALICE.subject().getRDNs()));
        parts.add(own);
        return new X500Name(parts.toArray(RDN[]::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongProxies")
    void aProxyIsRefusedThatIs(String name, Refusal refusal, Made proxy) {
        assertRefused(refusal, () -> validate(proxy, ALICE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongProxies")
    void whatFollowsAWrongProxyIsRefusedToo(String name, Refusal refusal, Made proxy) {
        assertRefused(refusal, () -> validate(proxy.proxy(), proxy, ALICE));
    }

    @Test
    void proxiesOfDifferentKindsAreNotMixed() {
        Made legacy = ALICE.sign(ALICE.proxyNamed("proxy"));

        assertRefused(Refusal.INVALID_PROXY, () -> validate(legacy.proxy(), legacy, ALICE));
    }

    @Test
    void aProxyWithoutItsUserOrOfAnAuthorityIsRefused() {
        Made ofAuthority = ROOT.proxy();

        assertRefused(Refusal.INVALID_PROXY, () -> validate(ALICE.proxy()));
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(ofAuthority, ROOT));
    }

    @Test
    void aUserWhomAnAuthorityNamedLikeAProxyIsRefused() {
        Made odd = ROOT.sign(ROOT.proxyNamed("proxy"));

        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> validate(odd, ROOT));
    }

    @Test
    void aShortKeyAndSha1AreAcceptedWhereLegacyIs() {
        GridPathValidator legacy = files.validator(GridStrength.LEGACY, RevocationPolicy.IF_PRESENT);
        Making making = ALICE.proxyNamed("proxy").algorithm("SHA1withRSA");
        Made old = ALICE.sign(making.keys(Made.newKeys("RSA", 1024)));
        Made older = ALICE.sign(making.keys(Made.newKeys("RSA", 512)));

        assertThat(legacy.validate(List.of(old.certificate(), ALICE.certificate())))
                .isNotNull();
        assertRefused(
                Refusal.WEAK_CERTIFICATE, () -> legacy.validate(List.of(older.certificate(), ALICE.certificate())));
    }

    @Test
    void aChainInAnotherOrderIsRefused() {
        Made one = ALICE.proxy();
        List<Made> chain = new ArrayList<>(List.of(one.proxy(), one, ALICE));
        Collections.swap(chain, 0, 1);

        assertRefused(Refusal.INVALID_PROXY, () -> validate(chain.toArray(Made[]::new)));
    }
}
