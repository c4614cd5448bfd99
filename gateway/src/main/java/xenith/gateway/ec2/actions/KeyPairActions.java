package xenith.gateway.ec2.actions;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import xenith.engine.model.AccountId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.KeyPairEntry;
import xenith.gateway.ec2.tables.KeyPairs;
import xenith.gateway.ec2.tables.Tags;
import xenith.security.ssh.InvalidPublicKeyException;
import xenith.security.ssh.SshKeyPair;
import xenith.security.ssh.SshKeyPairs;
import xenith.security.ssh.SshKeyType;
import xenith.security.ssh.SshPublicKey;

/** Key pairs. A private key is in the answer to the request that made it, and nowhere else. */
final class KeyPairActions {
    private final Ec2Ids ids;
    private final SshKeyPairs keys = new SshKeyPairs();

    KeyPairActions(Ec2Ids ids) {
        this.ids = ids;
    }

    private record View(Snapshot state, KeyPairEntry entry) {
        static final Filters<View> FILTERS = new Filters<View>()
                .one("key-name", view -> view.entry.name())
                .one("key-pair-id", view -> view.entry.id())
                .one("fingerprint", view -> view.entry.fingerprint())
                .tags(view -> Tags.of(view.state, view.entry.account(), view.entry.id()));

        KeyPairInfo described(boolean withPublicKey) {
            return KeyPairInfo.builder()
                    .keyName(entry.name())
                    .keyPairId(entry.id())
                    .keyFingerprint(entry.fingerprint())
                    .keyType(entry.type())
                    .createTime(entry.createdAt())
                    .publicKey(withPublicKey ? entry.publicKey() : null)
                    .tags(TagRules.described(Tags.of(state, entry.account(), entry.id())))
                    .build();
        }
    }

    CreateKeyPairResponse createKeyPair(Ec2Call call, CreateKeyPairRequest request) {
        String name = checkedName(request.keyName());
        SshKeyType type = type(request.keyTypeAsString());
        List<Tag> tags = TagRules.forNew("key-pair", request.tagSpecifications());
        requireFree(call.state(), call.caller().account(), name);
        SshKeyPair made = keys.create(type, name);
        KeyPairEntry entry =
                call.write(tx -> add(tx, call, name, type, made.fingerprint(), made.publicKeyLine(), tags));
        return CreateKeyPairResponse.builder()
                .keyName(name)
                .keyPairId(entry.id())
                .keyFingerprint(entry.fingerprint())
                .keyMaterial(made.privateKeyText())
                .tags(tags)
                .build();
    }

    ImportKeyPairResponse importKeyPair(Ec2Call call, ImportKeyPairRequest request) {
        String name = checkedName(request.keyName());
        List<Tag> tags = TagRules.forNew("key-pair", request.tagSpecifications());
        if (request.publicKeyMaterial() == null) {
            throw Refusals.missing("PublicKeyMaterial");
        }
        SshPublicKey key = parsed(request.publicKeyMaterial().asByteArray());
        String line = key.line(name);
        KeyPairEntry entry = call.write(tx -> add(tx, call, name, key.type(), key.fingerprint(), line, tags));
        return ImportKeyPairResponse.builder()
                .keyName(name)
                .keyPairId(entry.id())
                .keyFingerprint(entry.fingerprint())
                .tags(tags)
                .build();
    }

    DescribeKeyPairsResponse describeKeyPairs(Ec2Call call, DescribeKeyPairsRequest request) {
        Predicate<View> wanted = View.FILTERS.compile(request.filters());
        Snapshot state = call.state();
        List<KeyPairEntry> all = state.by(
                        KeyPairs.BY_ACCOUNT, KeyPairs.TABLE, call.caller().account())
                .sorted(Comparator.comparing(KeyPairEntry::name))
                .toList();
        requireKnown(
                "key pair",
                request.keyNames(),
                all.stream().map(KeyPairEntry::name).toList());
        requireKnown(
                "key pair ID",
                request.keyPairIds(),
                all.stream().map(KeyPairEntry::id).toList());
        boolean withPublicKey = Boolean.TRUE.equals(request.includePublicKey());
        return DescribeKeyPairsResponse.builder()
                .keyPairs(all.stream()
                        .filter(entry -> Listed.wants(request.keyNames(), entry.name())
                                && Listed.wants(request.keyPairIds(), entry.id()))
                        .map(entry -> new View(state, entry))
                        .filter(wanted)
                        .map(view -> view.described(withPublicKey))
                        .toList())
                .build();
    }

    /** What is not there is as good as deleted, as at EC2. */
    DeleteKeyPairResponse deleteKeyPair(Ec2Call call, DeleteKeyPairRequest request) {
        if (request.keyName() == null && request.keyPairId() == null) {
            throw Refusals.missing("KeyName");
        }
        if (request.keyName() != null && request.keyPairId() != null) {
            throw Refusals.combination("The parameters KeyName and KeyPairId cannot be used together");
        }
        Optional<KeyPairEntry> deleted = call.write(tx -> {
            Optional<KeyPairEntry> entry = named(tx.state(), call.caller().account(), request);
            entry.ifPresent(found -> {
                tx.remove(KeyPairs.TABLE, found.key());
                Tags.removeAll(tx, found.id());
            });
            return entry;
        });
        return DeleteKeyPairResponse.builder()
                .keyPairId(deleted.map(KeyPairEntry::id).orElse(request.keyPairId()))
                .build();
    }

    /** @param what as {@code key pair} */
    static Ec2Error notFound(String what, List<String> missing) {
        return Refusals.notFound(Ec2ErrorCode.INVALID_KEY_PAIR_NOT_FOUND, what, missing);
    }

    private KeyPairEntry add(
            Transaction tx,
            Ec2Call call,
            String name,
            SshKeyType type,
            String fingerprint,
            String publicKey,
            List<Tag> tags) {
        AccountId account = call.caller().account();
        requireFree(tx.state(), account, name);
        String id = ids.mint("key", taken -> tx.state().count(KeyPairs.BY_ID, taken) > 0);
        KeyPairEntry entry = new KeyPairEntry(id, account, name, type.ec2Name(), fingerprint, publicKey, tx.now());
        tx.put(KeyPairs.TABLE, entry);
        TagRules.write(tx, account, id, tags);
        return entry;
    }

    private static Optional<KeyPairEntry> named(Snapshot state, AccountId account, DeleteKeyPairRequest request) {
        return request.keyName() != null
                ? state.find(KeyPairs.TABLE, new KeyPairEntry.Key(account, request.keyName()))
                : state.by(KeyPairs.BY_ID, KeyPairs.TABLE, request.keyPairId())
                        .filter(entry -> entry.account().equals(account))
                        .findFirst();
    }

    private static String checkedName(String name) {
        if (name == null || name.isBlank()) {
            throw Refusals.missing("KeyName");
        }
        boolean printable = name.chars().allMatch(character -> character >= 0x20 && character < 0x7f);
        if (!printable || name.length() > KeyPairEntry.MAX_NAME_CHARS || !name.equals(name.strip())) {
            throw Refusals.invalidValue(
                    "KeyName",
                    name,
                    "Expecting up to " + KeyPairEntry.MAX_NAME_CHARS
                            + " ASCII characters without spaces at either end");
        }
        return name;
    }

    private static SshKeyType type(String name) {
        return name == null
                ? SshKeyType.RSA
                : SshKeyType.ofEc2Name(name)
                        .orElseThrow(() -> Refusals.invalidValue("KeyType", name, "Expecting rsa or ed25519"));
    }

    private static SshPublicKey parsed(byte[] material) {
        try {
            return SshPublicKey.parse(material);
        } catch (InvalidPublicKeyException invalid) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_KEY_FORMAT,
                    "Key is not in valid OpenSSH public key format: " + invalid.getMessage(),
                    invalid);
        }
    }

    private static void requireFree(Snapshot state, AccountId account, String name) {
        if (state.find(KeyPairs.TABLE, new KeyPairEntry.Key(account, name)).isPresent()) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_KEY_PAIR_DUPLICATE,
                    "The keypair '%s' already exists".formatted(Refusals.shown(name)));
        }
    }

    private static void requireKnown(String what, List<String> listed, List<String> known) {
        List<String> missing =
                listed.stream().filter(name -> !known.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw notFound(what, missing);
        }
    }
}
