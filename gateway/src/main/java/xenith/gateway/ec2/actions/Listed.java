package xenith.gateway.ec2.actions;

import java.util.Collection;
import java.util.List;

/** Names that a request lists to have only those described; none stands for all. */
final class Listed {
    private Listed() {}

    static boolean wants(List<String> listed, String name) {
        return listed.isEmpty() || listed.contains(name);
    }

    /** @throws xenith.gateway.ec2.codec.Ec2Error InvalidParameterValue naming those that are not known */
    static void requireKnown(String what, List<String> listed, Collection<String> known) {
        List<String> unknown =
                listed.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw Refusals.invalidList(what, unknown);
        }
    }
}
