package xenith.security.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xenith.security.Refusals.assertRefused;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;

class GridNameTest {
    @ParameterizedTest
    @CsvSource({
        "'CN=Alice User, O=Grid', /O=Grid/CN=Alice User",
        "'CN=host/a.example.org, O=Grid', /O=Grid/CN=host/a.example.org",
        "'UID=alice, DC=example, DC=org', /DC=org/DC=example/UID=alice",
        "'1.2.840.113549.1.9.1=#16096140622e6f72672e2e, O=Grid', /O=Grid/emailAddress=a@b.org..",
        "'1.2.3.4=#0c0161, O=Grid', /O=Grid/1.2.3.4=a",
        "'CN=J\u00f6rg, O=Grid', /O=Grid/CN=J\\xC3\\xB6rg"
    })
    void aSubjectIsWrittenFromTheTopDown(String rfc2253, String line) {
        assertThat(GridName.of(new X500Principal(rfc2253)).text()).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "/O=Grid/Email=a@b.org, /O=Grid/emailAddress=a@b.org",
        "/O=Grid/E=a@b.org, /O=Grid/emailAddress=a@b.org",
        "/O=Grid/EMAILADDRESS=a@b.org, /O=Grid/emailAddress=a@b.org",
        "/O=Grid/USERID=alice, /O=Grid/UID=alice",
        "/o=Grid/cn=Alice, /O=Grid/CN=Alice",
        "/O=Grid/CN=J\u00f6rg, /O=Grid/CN=J\\xC3\\xB6rg",
        "/O=Grid/CN=J\\xc3\\xb6rg, /O=Grid/CN=J\\xC3\\xB6rg",
        "/O=Grid/CN=host/Email, /O=Grid/CN=host/Email"
    })
    void aTypeHasOneSpelling(String written, String canonical) {
        assertThat(new GridName(written)).isEqualTo(new GridName(canonical)).hasToString(canonical);
    }

    @Test
    void valuesKeepTheirCase() {
        assertThat(new GridName("/O=Grid/CN=alice")).isNotEqualTo(new GridName("/O=Grid/CN=Alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "Grid", "O=Grid", "CN=Alice,O=Grid", "/Grid", "/=x"})
    void whatDoesNotLookLikeANameIsRefused(String text) {
        assertThatThrownBy(() -> new GridName(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not begin like");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=Mallory/CN=Alice, O=Grid",
                "CN=Mallory/1.2.3=Alice, O=Grid",
                "CN=J\\\\xC3\\\\xB6rg, O=Grid",
                "CN=a\\\\b, O=Grid",
                "CN=Alice+OU=Users, O=Grid"
            })
    void aSubjectThatCouldBeReadAsAnotherOneIsRefused(String subject) {
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> GridName.of(new X500Principal(subject)));
    }

    @Test
    void aSubjectWithoutANameIsRefused() {
        assertRefused(Refusal.UNTRUSTED_CERTIFICATE, () -> GridName.of(new X500Principal("")));
    }

    @Test
    void aValueOfAnyLengthIsRead() {
        String dots = "1.".repeat(20_000);

        assertThat(GridName.of(new X500Principal("CN=a/" + dots + ",O=Grid")).text())
                .endsWith(dots);
    }
}
