package xenith.drivers.process;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a program says in its hello that it can do beyond what each must. */
enum Ability {
    ATTACH,
    CONSOLE,
    MIGRATE,
    PAUSE,
    REBOOT,
    SAVE,
    SHUTDOWN;

    static Optional<Ability> of(String word) {
        return Arrays.stream(values())
                .filter(ability -> ability.toString().equals(word))
                .findFirst();
    }

    /** As it stands on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
