package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import xenith.engine.model.Caller;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.KeyPairs;
import xenith.gateway.ec2.tables.Tags;

class KeyPairsTest {
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE8GkVxyJIwbr8ZpzYp+ZEgZf4MfaUw1cvze1qE/QTgt somebody";

    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void aKeyPairIsMadeDescribedAndDeleted() {
        CreateKeyPairResponse made = cloud.ask(
                CreateKeyPairResponse.class,
                create("me").tagSpecifications(tags("role", "web")).build());
        assertThat(made.keyMaterial()).startsWith("-----BEGIN ");
        assertThat(made.keyPairId()).matches("key-[0-9a-f]{8}");
        assertThat(made.tags()).containsExactly(tag("role", "web"));

        assertThat(describe(cloud.ann)).singleElement().satisfies(info -> {
            assertThat(info.keyName()).isEqualTo("me");
            assertThat(info.keyPairId()).isEqualTo(made.keyPairId());
            assertThat(info.keyFingerprint()).isEqualTo(made.keyFingerprint());
            assertThat(info.keyTypeAsString()).isEqualTo("ed25519");
            assertThat(info.createTime()).isEqualTo(cloud.clock.instant());
            assertThat(info.tags()).containsExactly(tag("role", "web"));
            assertThat(info.publicKey()).isNull();
        });

        DeleteKeyPairRequest delete =
                DeleteKeyPairRequest.builder().keyName("me").build();
        assertThat(cloud.ask(DeleteKeyPairResponse.class, delete).keyPairId()).isEqualTo(made.keyPairId());
        assertThat(describe(cloud.ann)).isEmpty();
        assertThat(cloud.store.state().all(Tags.TABLE)).isEmpty();
        assertThat(cloud.ask(DeleteKeyPairResponse.class, delete).keyPairId()).isNull();
    }

    @Test
    void aPublicKeyIsImportedUnderItsNewName() {
        ImportKeyPairResponse imported = cloud.ask(
                ImportKeyPairResponse.class,
                importOf("me", PUBLIC_KEY).tagSpecifications(tags("a", "b")).build());
        assertThat(imported.keyName()).isEqualTo("me");
        assertThat(imported.keyPairId()).matches("key-[0-9a-f]{8}");
        assertThat(imported.tags()).containsExactly(tag("a", "b"));

        KeyPairInfo info = describe(
                        cloud.ann,
                        DescribeKeyPairsRequest.builder().includePublicKey(true).build())
                .get(0);
        assertThat(info.publicKey()).isEqualTo(PUBLIC_KEY.replace("somebody", "me"));
        assertThat(info.keyFingerprint()).isEqualTo(imported.keyFingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ssh-ed25519",
                "ssh-ed25519 AAAA",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIE8GkVxyJIwbr8ZpzYp+ZEgZf4MfaUw1cvze1qE/QTgt",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqC\nssh-ed25519 AAAA",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void whatIsNoPublicKeyIsNotImported(String material) {
        assertThat(cloud.code(importOf("me", material).build())).isEqualTo(Ec2ErrorCode.INVALID_KEY_FORMAT);
        assertThat(cloud.store.state().all(KeyPairs.TABLE)).isEmpty();
    }

    @Test
    void aNameIsGivenOnceInAnAccount() {
        cloud.answer(cloud.ann, create("me").build());
        assertThat(cloud.code(create("me").build())).isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_DUPLICATE);
        assertThat(cloud.code(importOf("me", PUBLIC_KEY).build())).isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_DUPLICATE);
        cloud.answer(cloud.bob, create("me").build());
        assertThat(describe(cloud.ann)).hasSize(1);
        assertThat(describe(cloud.bob)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"' me'", "'me '", "m\u00fc", "'a\tb'"})
    void aNameThatMayNotBeIsRefused(String name) {
        assertThat(cloud.refusal(cloud.ann, create(name).build()))
                .hasMessageContaining("KeyName")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(importOf(name, PUBLIC_KEY).build())).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void whatIsMissingUnknownOrContradictoryIsRefusedByName() {
        assertThat(cloud.code(create(null).build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(create(" ").build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(create("k".repeat(256)).build())).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(create("me").keyType("dsa").build())).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(create("me").keyFormat("ppk").build())).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(cloud.code(ImportKeyPairRequest.builder().keyName("me").build()))
                .isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(DeleteKeyPairRequest.builder().build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(DeleteKeyPairRequest.builder()
                        .keyName("me")
                        .keyPairId("key-00000000")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(create("me")
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType("instance")
                                .tags(tag("a", "b"))
                                .build())
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void keyPairsAreDescribedByNameAndIdAndAMissingOneRefusesAll() {
        String a = id(create("a").build());
        id(create("b").build());

        assertThat(describe(
                        cloud.ann,
                        DescribeKeyPairsRequest.builder().keyNames("a").build()))
                .hasSize(1);
        assertThat(describe(
                        cloud.ann,
                        DescribeKeyPairsRequest.builder().keyPairIds(a).build()))
                .hasSize(1);
        assertThat(cloud.code(
                        DescribeKeyPairsRequest.builder().keyNames("a", "none").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_NOT_FOUND);
        assertThat(cloud.code(DescribeKeyPairsRequest.builder()
                        .keyPairIds("key-00000000")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "key-name, a, 1",
        "key-name, ?, 2",
        "key-pair-id, key-*, 2",
        "fingerprint, *, 2",
        "tag:role, web, 1",
        "tag-key, role, 1",
        "tag-value, mail, 0"
    })
    void aFilterFindsWhatItNames(String name, String value, int count) {
        id(create("a").tagSpecifications(tags("role", "web")).build());
        id(create("b").build());

        assertThat(describe(
                        cloud.ann,
                        DescribeKeyPairsRequest.builder()
                                .filters(filter(name, value))
                                .build()))
                .hasSize(count);
    }

    @Test
    void anUnknownFilterIsRefused() {
        assertThat(cloud.code(DescribeKeyPairsRequest.builder()
                        .filters(filter("colour", "red"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void anotherAccountsKeyPairIsAsGoodAsNone() {
        String id = id(create("me").build());

        assertThat(describe(cloud.bob)).isEmpty();
        assertThat(cloud.refusal(
                                cloud.bob,
                                DescribeKeyPairsRequest.builder().keyNames("me").build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_NOT_FOUND);
        cloud.answer(cloud.bob, DeleteKeyPairRequest.builder().keyName("me").build());
        cloud.answer(cloud.bob, DeleteKeyPairRequest.builder().keyPairId(id).build());
        assertThat(describe(cloud.ann)).hasSize(1);
    }

    @Test
    void aDryRunMakesAndDeletesNothing() {
        id(create("kept").build());

        assertThat(cloud.dryRun(create("me").build())).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.dryRun(importOf("me", PUBLIC_KEY).build())).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.dryRun(DeleteKeyPairRequest.builder().keyName("kept").build()))
                .isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.dryRun(create("kept").build())).isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_DUPLICATE);
        assertThat(describe(cloud.ann)).extracting(KeyPairInfo::keyName).containsExactly("kept");
    }

    /** Of ED25519, since an RSA key takes long to make. */
    private static CreateKeyPairRequest.Builder create(String name) {
        return CreateKeyPairRequest.builder().keyName(name).keyType("ed25519");
    }

    private static ImportKeyPairRequest.Builder importOf(String name, String material) {
        return ImportKeyPairRequest.builder()
                .keyName(name)
                .publicKeyMaterial(SdkBytes.fromString(material, StandardCharsets.UTF_8));
    }

    private String id(CreateKeyPairRequest request) {
        return cloud.ask(CreateKeyPairResponse.class, request).keyPairId();
    }

    private List<KeyPairInfo> describe(Caller caller) {
        return describe(caller, DescribeKeyPairsRequest.builder().build());
    }

    private List<KeyPairInfo> describe(Caller caller, DescribeKeyPairsRequest request) {
        return ((DescribeKeyPairsResponse) cloud.answer(caller, request)).keyPairs();
    }

    private static TagSpecification tags(String key, String value) {
        return TagSpecification.builder()
                .resourceType("key-pair")
                .tags(tag(key, value))
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
