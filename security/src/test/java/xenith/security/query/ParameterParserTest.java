package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Refusal;
import xenith.security.RefusedException;

class ParameterParserTest {
    @Test
    void namesAndValuesAreDecodedInOrder() {
        assertThat(ParameterParser.parse("b=1&a=x+y%2B%c3%A9&&c&d=&e=1=2"))
                .extracting(p -> p.name() + ":" + p.value())
                .containsExactly("b:1", "a:x y+\u00e9", "c:", "d:", "e:1=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%C3%28",
                "a=%C0%80",
                "a=%ED%A0%80",
                "a=\u00e9",
                "a=x y",
                "a=x\n",
                "=1",
                "a=%+1"
            })
    void whatIsMalformedIsRefused(String raw) {
        assertRefused(Refusal.MALFORMED_PARAMETERS, () -> ParameterParser.parse(raw));
    }

    @Test
    void tooManyAndTooLongOnesAreRefused() {
        String longest = "a=" + "x".repeat(ParameterParser.MAX_VALUE_CHARS);

        assertThat(ParameterParser.parse("a=1&".repeat(ParameterParser.MAX_PARAMETERS)))
                .hasSize(ParameterParser.MAX_PARAMETERS);
        assertRefused(Refusal.TOO_MANY_PARAMETERS, () -> ParameterParser.parse("a=1&".repeat(100_000)));
        assertThat(ParameterParser.parse(longest)).hasSize(1);
        assertRefused(Refusal.PARAMETER_TOO_LONG, () -> ParameterParser.parse(longest + "x"));
        assertRefused(Refusal.PARAMETER_TOO_LONG, () -> ParameterParser.parse("x".repeat(1025) + "=1"));
        assertRefused(Refusal.PARAMETER_TOO_LONG, () -> ParameterParser.parse("a=" + "%41".repeat(1 << 20)));
    }

    @Test
    void aDoubledNameIsRefusedEvenWithTheSameValue() {
        assertRefused(Refusal.DOUBLED_PARAMETER, () -> ParameterParser.unique(ParameterParser.parse("a=1&b=2&%61=1")));
    }

    @Property(tries = 300)
    void whatIsEncodedIsDecodedAgain(@ForAll String text) {
        String wellFormed = new String(text.getBytes(UTF_8), UTF_8);

        assertThat(PercentEncoding.decode(PercentEncoding.encode(wellFormed))).isEqualTo(wellFormed);
    }

    @Property(tries = 300)
    void anyTextIsParsedOrRefusedButNothingElse(@ForAll String text) {
        try {
            assertThat(ParameterParser.unique(ParameterParser.parse(text))).isNotNull();
        } catch (RefusedException e) {
            assertThat(List.of(Refusal.MALFORMED_PARAMETERS, Refusal.DOUBLED_PARAMETER))
                    .contains(e.refusal());
        }
    }
}
