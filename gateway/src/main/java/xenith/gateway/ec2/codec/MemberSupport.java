package xenith.gateway.ec2.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/**
 * Which members of one action's request Xenith honours; any other that is set is refused by name, since a member that is
 * silently dropped is a promise broken. Immutable; safe for use by many threads.
 *
 * <p>Members are named as in Query, without indexes: {@code BlockDeviceMapping.Ebs.VolumeSize}. A name stands for all
 * members below it, unless one of those is named too.
 */
public final class MemberSupport {
    private final List<Rule> rules;

    private MemberSupport(List<Rule> rules) {
        this.rules = rules;
    }

    public static Builder of(ActionShape shape) {
        return new Builder(shape);
    }

    /**
     * Passes a request whose set members are all declared.
     *
     * @throws Ec2Error UnsupportedOperation naming the first member that is not
     */
    public void check(Ec2Request request) {
        check(request, rules);
    }

    private static void check(SdkPojo structure, List<Rule> rules) {
        for (Rule rule : rules) {
            Object value = rule.member().valueIn(structure);
            if (value == null || value.equals(rule.accepted())) {
                continue;
            }
            if (rule.inner().isEmpty()) {
                if (saysNothing(value)) {
                    continue;
                }
                throw Ec2Error.unsupportedParameter(rule.path());
            }
            if (value instanceof List<?> items) {
                items.forEach(item -> check((SdkPojo) item, rule.inner()));
            } else {
                check((SdkPojo) value, rule.inner());
            }
        }
    }

    /** Old clients send empty elements for what they do not mean. */
    private static boolean saysNothing(Object value) {
        if (value instanceof SdkPojo structure) {
            return structure.sdkFields().stream().allMatch(field -> saysNothing(field.getValueOrDefault(structure)));
        }
        return value == null || (value instanceof List<?> items && items.isEmpty());
    }

    /** What is to be looked at; members without a rule pass. A rule with no inner ones refuses its member. */
    private record Rule(String path, MemberShape member, Object accepted, List<Rule> inner) {}

    /** Collects an action's declarations. Unknown names fail at {@link #build}. */
    public static final class Builder {
        private final ActionShape shape;
        private final Set<String> passing = new HashSet<>();
        private final Map<String, Object> accepted = new HashMap<>();

        private Builder(ActionShape shape) {
            this.shape = shape;
            passing.add("DryRun");
        }

        /** Members that the action honours. {@code DryRun} always is. */
        public Builder supports(String... members) {
            passing.addAll(List.of(members));
            return this;
        }

        /** Members that may be dropped, since they do not change what the caller gets. */
        public Builder ignores(String... members) {
            passing.addAll(List.of(members));
            return this;
        }

        /** A member that may have this value only: what happens without it, such as {@code EbsOptimized=false}. */
        public Builder accepts(String member, Object value) {
            accepted.put(member, value);
            return this;
        }

        /**
         * Ends the declarations.
         *
         * @throws IllegalArgumentException when a declared member is not in the model, naming it
         */
        public MemberSupport build() {
            Set<String> undecided = new HashSet<>(passing);
            undecided.addAll(accepted.keySet());
            List<Rule> rules = rules("", shape.request(), undecided);
            undecided.remove("DryRun");
            if (!undecided.isEmpty()) {
                throw new IllegalArgumentException(shape.action() + " has no member " + undecided);
            }
            return new MemberSupport(rules);
        }

        private List<Rule> rules(String prefix, StructShape structure, Set<String> undecided) {
            List<Rule> rules = new ArrayList<>();
            for (MemberShape member : structure.members()) {
                String path = prefix + member.queryName();
                boolean named = undecided.remove(path) && passing.contains(path);
                boolean namedBelow = undecided.stream().anyMatch(name -> name.startsWith(path + "."));
                if (namedBelow) {
                    rules.add(new Rule(path, member, null, rules(path + ".", inner(member, path), undecided)));
                } else if (!named) {
                    rules.add(new Rule(path, member, accepted.get(path), List.of()));
                }
            }
            return List.copyOf(rules);
        }

        private static StructShape inner(MemberShape member, String path) {
            Shape shape = member.shape() instanceof ListShape list ? list.item() : member.shape();
            if (shape instanceof StructShape structure) {
                return structure;
            }
            throw new IllegalArgumentException(path + " has no members");
        }
    }
}
