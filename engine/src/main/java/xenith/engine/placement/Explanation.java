package xenith.engine.placement;

import java.util.Map;
import java.util.TreeMap;
import xenith.engine.model.VmId;

/**
 * Why a machine still waits.
 *
 * @param hostsByVerdict how many hosts were passed over for each verdict
 */
public record Explanation(VmId vm, Map<Verdict, Integer> hostsByVerdict) {
    /** Why a host was passed over. */
    public enum Verdict {
        HOST_NOT_ON("not in service"),
        OTHER_ZONE("in another zone"),
        OTHER_KIND("of another kind, or with another store, than its last host"),
        OTHER_OF_ITS_GROUP("with another machine of its placement group"),
        NEVER_FITS("too small even when empty"),
        NO_ROOM_NOW("without room now");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    public Explanation {
        hostsByVerdict = Map.copyOf(hostsByVerdict);
    }

    /** One sentence, as {@code no host: 3 without room now, 1 not in service}. */
    public String sentence() {
        if (hostsByVerdict.isEmpty()) {
            return "no host: there is none";
        }
        StringBuilder text = new StringBuilder("no host: ");
        new TreeMap<>(hostsByVerdict)
                .forEach((verdict, count) -> text.append(text.charAt(text.length() - 1) == ' ' ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(verdict.words));
        return text.toString();
    }
}
