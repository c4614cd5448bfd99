package xenith.gateway.ec2.actions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.Filter;
import xenith.gateway.ec2.tables.TagEntry;

/**
 * The filters that one Describe action knows: each by its name, with what it looks at. Filters of one request must all
 * match; of one filter's values, one must. Immutable after it is declared.
 *
 * @param <T> what is filtered
 */
final class Filters<T> {
    /** EC2's own limit. */
    private static final int MAX_VALUES = 200;

    private static final String TAG = "tag:";

    private final Map<String, Function<T, ? extends Collection<String>>> byName = new HashMap<>();
    private Function<T, List<TagEntry>> tags = resource -> List.of();

    /** A filter on something that each has exactly one of. */
    Filters<T> one(String name, Function<T, String> value) {
        return many(name, value.andThen(List::of));
    }

    /** A filter on something that each has any number of; one of them must match. */
    Filters<T> many(String name, Function<T, ? extends Collection<String>> values) {
        byName.put(name, values);
        return this;
    }

    /** Filters of EC2 on things that nothing here has, so that they are known and match nothing. */
    Filters<T> none(String... names) {
        for (String name : names) {
            many(name, resource -> List.of());
        }
        return this;
    }

    /** The filters {@code tag:KEY}, {@code tag-key} and {@code tag-value}. */
    Filters<T> tags(Function<T, List<TagEntry>> source) {
        tags = source;
        many(
                "tag-key",
                resource -> source.apply(resource).stream().map(TagEntry::key).toList());
        return many(
                "tag-value",
                resource -> source.apply(resource).stream().map(TagEntry::value).toList());
    }

    /** @throws xenith.gateway.ec2.codec.Ec2Error InvalidParameterValue for a filter that is not known, or has no value */
    Predicate<T> compile(List<Filter> filters) {
        return filters.stream().map(this::compile).reduce(resource -> true, Predicate::and);
    }

    private Predicate<T> compile(Filter filter) {
        String name = filter.name();
        if (name == null || name.isEmpty()) {
            throw Refusals.missing("Filter.Name");
        }
        if (filter.values().isEmpty()) {
            throw Refusals.missing("Filter.Value of the filter '" + Refusals.shown(name) + "'");
        }
        if (filter.values().size() > MAX_VALUES) {
            throw Refusals.invalidValue("Filter.Value", filter.values().size() + " values", "At most " + MAX_VALUES);
        }
        ValuePattern pattern = ValuePattern.anyOf(filter.values());
        Function<T, ? extends Collection<String>> values = valuesOf(name);
        return resource -> values.apply(resource).stream().anyMatch(pattern::matches);
    }

    private Function<T, ? extends Collection<String>> valuesOf(String name) {
        if (name.startsWith(TAG) && name.length() > TAG.length() && byName.containsKey("tag-key")) {
            String key = name.substring(TAG.length());
            return resource -> tags.apply(resource).stream()
                    .filter(tag -> tag.key().equals(key))
                    .map(TagEntry::value)
                    .toList();
        }
        Function<T, ? extends Collection<String>> values = byName.get(name);
        if (values == null) {
            throw Refusals.invalidFilter(name);
        }
        return values;
    }
}
