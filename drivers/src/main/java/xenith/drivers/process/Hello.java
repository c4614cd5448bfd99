package xenith.drivers.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;

/** How a program introduces itself. Abilities that are not known here are of a later protocol and mean nothing. */
record Hello(String name, Set<Ability> abilities) {
    static final int PROTOCOL = 1;

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    Hello {
        abilities = Set.copyOf(abilities);
    }

    static ObjectNode params(DriverProgram program) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("protocol", PROTOCOL)
                .put("state", program.state().toString())
                .put("images", program.images().toString());
    }

    static Hello read(Answer answer) throws MalformedAnswerException {
        long protocol = answer.member("protocol").number(Integer.MAX_VALUE);
        if (protocol != PROTOCOL) {
            throw new MalformedAnswerException("result.protocol " + protocol + " is not " + PROTOCOL);
        }
        String name = answer.member("name").text();
        if (!name.matches(NAME)) {
            throw new MalformedAnswerException("name must match " + NAME);
        }
        Set<Ability> abilities = answer.member("abilities").items(Answer::text).stream()
                .flatMap(word -> Ability.of(word).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Hello(name, abilities);
    }
}
