package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;

/** Proxies as Globus's own {@code grid-proxy-init} makes them. */
class GlobusProxiesToolTest {
    @TempDir
    static Path folder;

    private static OpensslGrid grid;

    @BeforeAll
    static void createGrid() throws Exception {
        grid = OpensslGrid.create(folder);
    }

    private static void proxy(String options, String of, String out) {
        List<String> words = new ArrayList<>(List.of("grid-proxy-init", "-q", "-certdir", "certificates"));
        words.addAll(List.of("-cert", of + ".pem", "-key", of.startsWith("p-") ? of + ".pem" : of + ".key"));
        words.addAll(List.of("-out", out + ".pem"));
        words.addAll(List.of(options.split(" ")));
        grid.tool().run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "-rfc, RFC_3820, false",
        "-rfc -limited, RFC_3820, true",
        "-draft, DRAFT, false",
        "-draft -limited, DRAFT, true",
        "-old, LEGACY, false",
        "-old -limited, LEGACY, true"
    })
    void eachKindStandsForItsUser(String options, ProxyKind kind, boolean limited) throws Exception {
        proxy(options + " -bits 2048 -valid 1:00", "alice", "p-kind");
        GridIdentity identity = grid.validate("p-kind.pem");

        assertThat(identity.name()).hasToString("/O=Grid/OU=Users/CN=Alice User");
        assertThat(identity.limited()).isEqualTo(limited);
        assertThat(identity.expires()).isBefore(Instant.now().plusSeconds(3700));
        assertThat(ProxyCertificate.read(identity.chain().get(0)))
                .hasValueSatisfying(proxy -> assertThat(proxy.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rfc", "-draft", "-old"})
    void aProxyOfAProxyStandsForTheSameUserAndStaysLimited(String kind) throws Exception {
        proxy(kind + " -bits 2048", "alice", "p-first");
        proxy(kind + " -bits 2048 -limited", "p-first", "p-second");
        GridIdentity identity = grid.validate("p-second.pem");

        assertThat(identity.chain()).hasSize(4);
        assertThat(identity.name()).hasToString("/O=Grid/OU=Users/CN=Alice User");
        assertThat(identity.limited()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rfc", "-draft"})
    void pathLengthIsRead(String kind) throws Exception {
        proxy(kind + " -bits 2048 -path-length 3", "alice", "p-length");

        assertThat(ProxyCertificate.read(grid.chain("p-length.pem").get(0)))
                .hasValueSatisfying(
                        proxy -> assertThat(proxy.info().pathLength()).hasValue(3));
    }

    @Test
    void anIndependentProxyIsRefused() {
        proxy("-rfc -bits 2048 -independent", "alice", "p-independent");

        assertRefused(Refusal.INVALID_PROXY, () -> grid.validate("p-independent.pem"));
    }

    @Test
    void aShortKeyIsAcceptedWhereLegacyIs() throws Exception {
        proxy("-old -bits 1024", "alice", "p-short");

        assertRefused(Refusal.WEAK_CERTIFICATE, () -> grid.validate("p-short.pem"));
        assertThat(grid.validator(GridStrength.LEGACY).validate(grid.chain("p-short.pem")))
                .isNotNull();
    }
}
