package xenith.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {
    @ParameterizedTest
    @EnumSource
    void everyRefusalHasACodeAStatusAndASentence(Refusal refusal) {
        assertThat(refusal.code()).matches("[A-Z][A-Za-z]+");
        assertThat(refusal.httpStatus()).isIn(400, 401, 403, 405, 415, 503);
        assertThat(refusal.soapFaultCode()).isEqualTo("Client." + refusal.code());
        assertThat(refusal.message()).endsWith(".").doesNotContain("\n");
    }

    @Test
    void authenticationFailuresAnswerAsEc2Does() {
        assertThat(Refusal.UNKNOWN_ACCESS_KEY.code()).isEqualTo("AuthFailure");
        assertThat(Refusal.UNKNOWN_ACCESS_KEY.httpStatus()).isEqualTo(401);
        assertThat(Refusal.WRONG_SIGNATURE.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(Refusal.WRONG_SIGNATURE.httpStatus()).isEqualTo(403);
        assertThat(Refusal.EXPIRED.code()).isEqualTo("RequestExpired");
        assertThat(Refusal.MISSING_AUTHENTICATION.httpStatus()).isEqualTo(403);
    }

    @Test
    void aStrangersValueIsShortenedAndMadePrintable() {
        String quoted = RefusedException.quote("a\nb\u0000" + "x".repeat(1000));

        assertThat(quoted).startsWith("'a?b?x").hasSizeLessThan(110).doesNotContain("\n");
    }
}
