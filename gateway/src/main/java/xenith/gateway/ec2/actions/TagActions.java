package xenith.gateway.ec2.actions;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import xenith.engine.model.AccountId;
import xenith.engine.store.Transaction;
import xenith.gateway.ec2.tables.TagEntry;
import xenith.gateway.ec2.tables.Tags;

/** Tags on instances, images and key pairs. */
final class TagActions {
    /** EC2's own limit. */
    private static final int MAX_RESOURCES = 1000;

    /** Before every character that a key or an id may have, so that a resource's tags stand together. */
    private static final char BETWEEN = '\u0001';

    private static final Filters<TagEntry> FILTERS = new Filters<TagEntry>()
            .one("key", TagEntry::key)
            .one("value", TagEntry::value)
            .one("resource-id", TagEntry::resource)
            .one("resource-type", tag -> TaggedResource.typeOf(tag.resource()))
            .tags(List::of);

    CreateTagsResponse createTags(Ec2Call call, CreateTagsRequest request) {
        if (request.tags().isEmpty()) {
            throw Refusals.missing("Tag");
        }
        TagRules.check(request.tags());
        AccountId account = call.caller().account();
        call.write(tx ->
                eachResource(tx, account, request.resources(), id -> TagRules.write(tx, account, id, request.tags())));
        return CreateTagsResponse.builder().build();
    }

    /** A tag without a value goes whatever its value is; no tags at all stand for all. */
    DeleteTagsResponse deleteTags(Ec2Call call, DeleteTagsRequest request) {
        request.tags().forEach(tag -> TagRules.checkKey(tag.key()));
        AccountId account = call.caller().account();
        call.write(tx -> eachResource(tx, account, request.resources(), id -> Tags.of(tx.state(), account, id).stream()
                .filter(tag ->
                        request.tags().isEmpty() || request.tags().stream().anyMatch(asked -> means(asked, tag)))
                .forEach(tag -> tx.remove(Tags.TABLE, tag.id()))));
        return DeleteTagsResponse.builder().build();
    }

    DescribeTagsResponse describeTags(Ec2Call call, DescribeTagsRequest request) {
        Predicate<TagEntry> wanted = FILTERS.compile(request.filters());
        List<TagEntry> sorted = call.state()
                .by(Tags.BY_ACCOUNT, Tags.TABLE, call.caller().account())
                .filter(wanted)
                .sorted(Comparator.comparing(TagActions::place))
                .toList();
        Page<TagEntry> page =
                Page.of(call, request, request.maxResults(), request.nextToken(), sorted, TagActions::place);
        return DescribeTagsResponse.builder()
                .tags(page.items().stream().map(TagActions::described).toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** @return nothing of use: a unit of work has a result */
    private static boolean eachResource(Transaction tx, AccountId account, List<String> ids, Consumer<String> change) {
        if (ids.isEmpty()) {
            throw Refusals.missing("ResourceId");
        }
        if (ids.size() > MAX_RESOURCES) {
            throw Refusals.invalidValue("ResourceId", ids.size() + " resources", "At most " + MAX_RESOURCES);
        }
        for (String id : new LinkedHashSet<>(ids)) {
            TaggedResource.require(tx.state(), account, id, tx.now());
            change.accept(id);
        }
        return true;
    }

    private static boolean means(Tag asked, TagEntry tag) {
        return tag.key().equals(asked.key())
                && (asked.value() == null || asked.value().equals(tag.value()));
    }

    private static String place(TagEntry tag) {
        return tag.resource() + BETWEEN + tag.key();
    }

    private static TagDescription described(TagEntry tag) {
        return TagDescription.builder()
                .resourceId(tag.resource())
                .resourceType(TaggedResource.typeOf(tag.resource()))
                .key(tag.key())
                .value(tag.value())
                .build();
    }
}
