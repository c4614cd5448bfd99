package xenith.gateway.api;

import java.util.Locale;

/** How constants are written in JSON: {@code SHUT_DOWN} as {@code shut-down}. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
