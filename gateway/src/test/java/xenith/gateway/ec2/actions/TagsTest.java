package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import xenith.engine.model.Caller;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Instances;
import xenith.gateway.ec2.tables.Tags;

class TagsTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void tagsAreWrittenDescribedAndDeleted() {
        String instance = cloud.run(1).get(0);
        String image = cloud.image("other");
        create(List.of(instance, image), tag("role", "web"), tag("empty", ""));

        assertThat(described(cloud.ann))
                .containsExactlyInAnyOrder(
                        instance + " instance role=web",
                        instance + " instance empty=",
                        image + " image role=web",
                        image + " image empty=");

        create(List.of(instance), tag("role", "mail"));
        delete(List.of(image), tag("role", null));
        assertThat(described(cloud.ann))
                .containsExactlyInAnyOrder(
                        instance + " instance role=mail", instance + " instance empty=", image + " image empty=");
    }

    @Test
    void aValueThatIsNamedIsTheOnlyOneDeletedAndNoTagsStandForAll() {
        String id = cloud.run(1).get(0);
        create(List.of(id), tag("a", "1"), tag("b", "2"), tag("c", "3"));

        delete(List.of(id), tag("a", "2"), tag("b", "2"), tag("none", null));
        assertThat(described(cloud.ann)).containsExactly(id + " instance a=1", id + " instance c=3");
        delete(List.of(id), tag("c", ""));
        assertThat(described(cloud.ann)).hasSize(2);
        delete(List.of(id));
        assertThat(described(cloud.ann)).isEmpty();
    }

    @Test
    void aResourceHasFiftyTagsAtMost() {
        String id = cloud.run(1).get(0);
        create(List.of(id), numbered(50));
        create(List.of(id), tag("key-7", "changed"));

        assertThat(cloud.code(createRequest(List.of(id), tag("one-more", ""))))
                .isEqualTo(Ec2ErrorCode.TAG_LIMIT_EXCEEDED);
        assertThat(described(cloud.ann)).hasSize(50);
    }

    @Test
    void aLaunchWithTooManyTagsIsRefusedWithoutNamingWhatNeverWas() {
        var request = cloud.runRequest(1)
                .tagSpecifications(TagSpecification.builder()
                        .resourceType("instance")
                        .tags(numbered(51))
                        .build())
                .build();

        assertThat(cloud.refusal(cloud.ann, request))
                .hasMessage("A new instance would have more than 50 tags")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.TAG_LIMIT_EXCEEDED);
        assertThat(cloud.store.state().all(Instances.TABLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:x", "AWS:x", "Aws:", "aWs:name"})
    void keysOfAmazonsOwnAreReservedInAnyCase(String key) {
        String id = cloud.run(1).get(0);
        assertThat(cloud.refusal(cloud.ann, createRequest(List.of(id), tag(key, "x"))))
                .hasMessageContaining("Tag.Key")
                .hasMessageContaining("reserved")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(deleteRequest(List.of(id), tag(key, null))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void keysAndValuesHaveEc2sLengths() {
        String id = cloud.run(1).get(0);
        create(List.of(id), tag("k".repeat(127), "v".repeat(256)), tag("awsome", "x"));

        assertThat(described(cloud.ann)).hasSize(2);
        assertThat(cloud.code(createRequest(List.of(id), tag("k".repeat(128), "v"))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(createRequest(List.of(id), tag("k", "v".repeat(257)))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void whatIsMissingOrContradictoryIsRefusedByName() {
        String id = cloud.run(1).get(0);
        assertThat(cloud.code(createRequest(List.of(id)))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(createRequest(List.of(), tag("k", "v")))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(createRequest(List.of(id), tag(null, "v")))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(createRequest(List.of(id), tag(" ", "v")))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(createRequest(List.of(id), tag("k", "1"), tag("k", "2"))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(deleteRequest(List.of()))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, INVALID_ID",
        "vol-00000000, INVALID_ID",
        "i-00000000, INVALID_INSTANCE_ID_NOT_FOUND",
        "ami-00000000, INVALID_AMI_ID_NOT_FOUND",
        "aki-00000000, INVALID_AMI_ID_NOT_FOUND",
        "key-00000000, INVALID_KEY_PAIR_NOT_FOUND"
    })
    void oneResourceThatIsNotThereAndNoneIsTagged(String missing, Ec2ErrorCode code) {
        String id = cloud.run(1).get(0);
        assertThat(cloud.code(createRequest(List.of(id, missing), tag("k", "v"))))
                .isEqualTo(code);
        assertThat(cloud.store.state().all(Tags.TABLE)).isEmpty();
    }

    @Test
    void anotherAccountsResourceIsAnsweredAsOneThatIsNotThere() {
        String id = cloud.run(1).get(0);
        create(List.of(id), tag("k", "v"));

        var refusal = cloud.refusal(cloud.bob, createRequest(List.of(id), tag("k", "w")));
        var missing = cloud.refusal(cloud.bob, createRequest(List.of("i-00000000"), tag("k", "w")));
        assertThat(refusal.code()).isEqualTo(missing.code());
        assertThat(refusal.getMessage().replace(id, "i-00000000")).isEqualTo(missing.getMessage());
        assertThat(cloud.refusal(cloud.bob, deleteRequest(List.of(id))).code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(described(cloud.bob)).isEmpty();
        assertThat(described(cloud.ann)).containsExactly(id + " instance k=v");
    }

    @Test
    void aDryRunWritesAndDeletesNothing() {
        String id = cloud.run(1).get(0);
        create(List.of(id), tag("k", "v"));

        assertThat(cloud.dryRun(createRequest(List.of(id), tag("k", "w")))).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.dryRun(deleteRequest(List.of(id)))).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.dryRun(createRequest(List.of("i-00000000"), tag("k", "w"))))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(described(cloud.ann)).containsExactly(id + " instance k=v");
    }

    @ParameterizedTest
    @CsvSource({
        "key, role, 2",
        "key, r*, 2",
        "value, web, 1",
        "value, '', 1",
        "resource-type, instance, 2",
        "resource-type, image, 1",
        "resource-id, i-????????, 2",
        "tag:role, web, 1",
        "tag-key, stage, 1",
        "tag-value, *, 3",
        "tag:stage, ?, 0"
    })
    void aFilterFindsWhatItNames(String name, String value, int count) {
        create(List.of(cloud.run(1).get(0)), tag("role", "web"));
        create(List.of(cloud.run(1).get(0)), tag("role", "mail"));
        create(List.of(cloud.image("other")), tag("stage", ""));

        assertThat(describe(cloud.ann, describeRequest(name, value).build()).tags())
                .hasSize(count);
    }

    @Test
    void anUnknownFilterIsRefused() {
        assertThat(cloud.code(describeRequest("colour", "red").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void pagesTogetherAreTheWhole() {
        String id = cloud.run(1).get(0);
        create(List.of(id), numbered(12));
        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            DescribeTagsResponse page = describe(
                    cloud.ann,
                    DescribeTagsRequest.builder().maxResults(5).nextToken(token).build());
            assertThat(page.tags()).hasSizeLessThanOrEqualTo(5);
            page.tags().forEach(tag -> seen.add(tag.key()));
            token = page.nextToken();
        } while (token != null);

        assertThat(seen).hasSize(12).doesNotHaveDuplicates();
        assertThat(cloud.code(DescribeTagsRequest.builder().nextToken("x").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_NEXT_TOKEN);
        assertThat(cloud.code(DescribeTagsRequest.builder().maxResults(1001).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    private void create(List<String> ids, Tag... tags) {
        cloud.answer(cloud.ann, createRequest(ids, tags));
    }

    private void delete(List<String> ids, Tag... tags) {
        cloud.answer(cloud.ann, deleteRequest(ids, tags));
    }

    private static CreateTagsRequest createRequest(List<String> ids, Tag... tags) {
        return CreateTagsRequest.builder().resources(ids).tags(tags).build();
    }

    private static DeleteTagsRequest deleteRequest(List<String> ids, Tag... tags) {
        return DeleteTagsRequest.builder().resources(ids).tags(tags).build();
    }

    private static DescribeTagsRequest.Builder describeRequest(String filter, String value) {
        return DescribeTagsRequest.builder()
                .filters(Filter.builder().name(filter).values(value).build());
    }

    private DescribeTagsResponse describe(Caller caller, DescribeTagsRequest request) {
        return (DescribeTagsResponse) cloud.answer(caller, request);
    }

    private List<String> described(Caller caller) {
        return describe(caller, DescribeTagsRequest.builder().build()).tags().stream()
                .map(TagsTest::text)
                .toList();
    }

    private static String text(TagDescription tag) {
        return tag.resourceId() + " " + tag.resourceTypeAsString() + " " + tag.key() + "=" + tag.value();
    }

    private static Tag[] numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> tag("key-" + number, ""))
                .toArray(Tag[]::new);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
