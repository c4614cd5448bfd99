package xenith.gateway.ec2.actions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import xenith.engine.model.AccountId;
import xenith.engine.store.Transaction;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.TagEntry;
import xenith.gateway.ec2.tables.Tags;

/** What may be written on a resource, and how it gets there. */
final class TagRules {
    /** EC2's own limit. */
    static final int MAX_TAGS = 50;

    /** In any case. */
    private static final String RESERVED_PREFIX = "aws:";

    private TagRules() {}

    static List<Tag> described(List<TagEntry> tags) {
        return tags.stream()
                .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
                .toList();
    }

    /**
     * The tags for what a request is about to make.
     *
     * @param resourceType what it makes, as {@code instance}
     * @throws Ec2Error for tags of anything else, and for those that may not be
     */
    static List<Tag> forNew(String resourceType, List<TagSpecification> specifications) {
        for (TagSpecification specification : specifications) {
            if (specification.resourceTypeAsString() == null) {
                throw Refusals.missing("TagSpecification.ResourceType");
            }
            if (!specification.resourceTypeAsString().equals(resourceType)) {
                throw Refusals.invalidValue(
                        "TagSpecification.ResourceType",
                        specification.resourceTypeAsString(),
                        "Only " + resourceType + " is made here");
            }
        }
        List<Tag> tags = specifications.stream()
                .flatMap(specification -> specification.tags().stream())
                .toList();
        check(tags);
        if (tags.size() > MAX_TAGS) {
            throw new Ec2Error(
                    Ec2ErrorCode.TAG_LIMIT_EXCEEDED,
                    "A new %s would have more than %d tags".formatted(resourceType, MAX_TAGS));
        }
        return tags;
    }

    /** @throws Ec2Error naming the key or value and the limit */
    static void check(List<Tag> tags) {
        Set<String> seen = new HashSet<>();
        for (Tag tag : tags) {
            checkKey(tag.key());
            if (!seen.add(tag.key())) {
                throw Refusals.invalidValue("Tag.Key", tag.key(), "It is given twice");
            }
            if (valueOf(tag).length() > TagEntry.MAX_VALUE_CHARS) {
                throw Refusals.invalidValue(
                        "Tag.Value", tag.value(), "It is longer than " + TagEntry.MAX_VALUE_CHARS + " characters");
            }
        }
    }

    static void checkKey(String key) {
        if (key == null || key.isBlank()) {
            throw Refusals.missing("Tag.Key");
        }
        if (key.length() > TagEntry.MAX_KEY_CHARS) {
            throw Refusals.invalidValue("Tag.Key", key, "It is longer than " + TagEntry.MAX_KEY_CHARS + " characters");
        }
        if (key.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length())) {
            throw Refusals.invalidValue("Tag.Key", key, "Keys that begin with " + RESERVED_PREFIX + " are reserved");
        }
    }

    /**
     * Writes checked tags on a resource.
     *
     * @throws Ec2Error TagLimitExceeded
     */
    static void write(Transaction tx, AccountId account, String resource, List<Tag> tags) {
        tags.forEach(tag -> tx.put(Tags.TABLE, new TagEntry(account, resource, tag.key(), valueOf(tag))));
        if (!tags.isEmpty() && Tags.of(tx.state(), account, resource).size() > MAX_TAGS) {
            throw new Ec2Error(
                    Ec2ErrorCode.TAG_LIMIT_EXCEEDED,
                    "The resource '%s' would have more than %d tags".formatted(resource, MAX_TAGS));
        }
    }

    private static String valueOf(Tag tag) {
        return tag.value() == null ? "" : tag.value();
    }
}
