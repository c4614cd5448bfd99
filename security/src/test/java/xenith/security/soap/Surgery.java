package xenith.security.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts signed messages apart and puts them together again, as an attacker would. */
record Surgery(String message) {
    /** The first element of that qualified name, with all it holds. */
    String element(String name) {
        Matcher found = Pattern.compile("<" + name + "[ >].*?</" + name + ">", Pattern.DOTALL)
                .matcher(message);
        assertThat(found.find()).as("%s in %s", name, message).isTrue();
        return found.group();
    }

    Surgery replace(String old, String with) {
        assertThat(message).contains(old);
        return new Surgery(message.replace(old, with));
    }

    Surgery replace(String element, UnaryOperator<String> with) {
        String old = element(element);
        return replace(old, with.apply(old));
    }

    Surgery remove(String element) {
        return replace(element, old -> "");
    }

    Surgery insertBefore(String tag, String text) {
        return replace(tag, text + tag);
    }

    String id(String element) {
        Matcher found = Pattern.compile("wsu:Id=\"([^\"]+)\"").matcher(element(element));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
