package xenith.gateway.ec2.actions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.Contextualization;
import xenith.engine.model.NetworkId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmSpec;
import xenith.engine.service.LaunchRequest;
import xenith.engine.service.MachineSettings;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Networks;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.ClientToken;
import xenith.gateway.ec2.tables.ClientTokens;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.IdFormats;
import xenith.gateway.ec2.tables.InstanceEntry;
import xenith.gateway.ec2.tables.Instances;
import xenith.gateway.ec2.tables.KeyPairEntry;

/** RunInstances: instances, their reservation, tags and client token in one unit of work. */
final class LaunchActions {
    /** EC2's own. */
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private static final Set<String> NOT_ASKED_FOR = Set.of("ClientToken", "DryRun");

    private final VirtualMachines machines;
    private final MachineSettings settings = new MachineSettings();
    private final Ec2Ids ids;
    private final Leftovers leftovers;

    LaunchActions(VirtualMachines machines, Ec2Ids ids, Leftovers leftovers) {
        this.machines = machines;
        this.ids = ids;
        this.leftovers = leftovers;
    }

    RunInstancesResponse runInstances(Ec2Call call, RunInstancesRequest request) {
        checkCounts(request);
        Optional<String> token = token(request.clientToken());
        String userData = UserData.checked(request.userData());
        AccountId account = call.caller().account();
        String digest = RequestDigest.of(request, account.value(), NOT_ASKED_FOR);
        Leftovers.Found old = leftovers.find(call.state());
        Reservation reservation = call.write(tx -> {
            old.remove(tx);
            String id = token.flatMap(given -> madeBefore(tx, new ClientToken.Key(account, given), digest))
                    .orElseGet(() -> {
                        String made = launch(tx, call.caller(), request, userData, token);
                        token.ifPresent(given -> tx.put(
                                ClientTokens.TABLE,
                                new ClientToken(
                                        account, given, digest, made, tx.now().plus(TOKEN_LIFETIME))));
                        return made;
                    });
            return described(tx.state(), account, id);
        });
        return RunInstancesResponse.builder()
                .reservationId(reservation.reservationId())
                .ownerId(reservation.ownerId())
                .groups(reservation.groups())
                .instances(reservation.instances())
                .build();
    }

    private String launch(
            Transaction tx, Caller caller, RunInstancesRequest request, String userData, Optional<String> token) {
        LaunchPlan plan = LaunchPlan.of(tx.state(), caller.account(), request);
        Ec2Ids instanceIds = IdFormats.idsFor(tx.state(), caller.user(), IdFormats.INSTANCE, ids);
        List<String> names = new ArrayList<>();
        LaunchRequest launch = new LaunchRequest(
                request.minCount(),
                Math.min(request.maxCount(), LaunchRequest.MAX_VMS),
                plan.capacity(),
                plan.zone(),
                index -> member(tx, instanceIds, plan, userData, names),
                network(tx.state()),
                plan.group(),
                false);
        List<VirtualMachine> created = machines.launch(tx, caller, launch);
        String reservation = IdFormats.idsFor(tx.state(), caller.user(), IdFormats.RESERVATION, ids)
                .mint("r", taken -> tx.state().count(Instances.BY_RESERVATION, taken) > 0);
        for (int index = 0; index < created.size(); index++) {
            InstanceEntry entry = new InstanceEntry(
                    names.get(index),
                    created.get(index).id(),
                    caller.account(),
                    reservation,
                    index,
                    token,
                    plan.keyPair().map(KeyPairEntry::name),
                    request.monitoring() != null
                            && Boolean.TRUE.equals(request.monitoring().enabled()));
            tx.put(Instances.TABLE, entry);
            TagRules.write(tx, caller.account(), entry.id(), plan.tags());
            if (Boolean.TRUE.equals(request.disableApiTermination())) {
                settings.protect(tx, caller, entry.vm(), true);
            }
        }
        return reservation;
    }

    private static LaunchRequest.Member member(
            Transaction tx, Ec2Ids ids, LaunchPlan plan, String userData, List<String> names) {
        Set<String> mintedNow = new HashSet<>(names);
        String id = ids.mint(
                "i",
                taken -> mintedNow.contains(taken)
                        || tx.find(Instances.TABLE, taken).isPresent());
        names.add(id);
        Contextualization context = new Contextualization(
                id,
                id,
                userData,
                plan.keyPair().map(KeyPairEntry::publicKey).stream().toList());
        return new LaunchRequest.Member(
                id,
                new VmSpec(
                        plan.type().name(),
                        plan.type().vcpus(),
                        plan.capacity(),
                        plan.boot(),
                        context,
                        plan.zone(),
                        plan.endOnShutdown()));
    }

    /** The cloud's first network, which every instance is on; a cloud without networks runs instances without. */
    private static List<NetworkId> network(Snapshot state) {
        return state.all(Networks.TABLE).stream().map(VirtualNetwork::id).min(Comparator.naturalOrder()).stream()
                .toList();
    }

    /** @throws Ec2Error IdempotentParameterMismatch */
    private static Optional<String> madeBefore(Transaction tx, ClientToken.Key key, String digest) {
        Optional<ClientToken> known = tx.find(ClientTokens.TABLE, key)
                .filter(token -> token.expiresAt().isAfter(tx.now()));
        if (known.isPresent() && !known.get().digest().equals(digest)) {
            throw new Ec2Error(
                    Ec2ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH,
                    "The client token '%s' was used before with other parameters".formatted(key.token()));
        }
        return known.map(ClientToken::reservation);
    }

    private static Reservation described(Snapshot state, AccountId account, String reservation) {
        List<InstanceView> instances = InstanceView.ofReservation(state, reservation);
        // All of them may be forgotten by now when a token is shown again.
        return instances.isEmpty()
                ? Reservation.builder()
                        .reservationId(reservation)
                        .ownerId(account.value())
                        .groups(DefaultGroup.of(account).described())
                        .instances(List.of())
                        .build()
                : InstanceDescription.reservation(instances);
    }

    private static void checkCounts(RunInstancesRequest request) {
        if (request.imageId() == null || request.imageId().isEmpty()) {
            throw Refusals.missing("ImageId");
        }
        int min = required("MinCount", request.minCount());
        int max = required("MaxCount", request.maxCount());
        if (min < 1) {
            throw Refusals.invalidValue("MinCount", min, "Expecting 1 or more");
        }
        if (max < min) {
            throw Refusals.combination("MaxCount (%d) is below MinCount (%d)".formatted(max, min));
        }
        if (min > LaunchRequest.MAX_VMS) {
            throw new Ec2Error(
                    Ec2ErrorCode.INSTANCE_LIMIT_EXCEEDED,
                    "MinCount (%d) is above the %d instances that one call may launch"
                            .formatted(min, LaunchRequest.MAX_VMS));
        }
    }

    private static int required(String parameter, Integer value) {
        if (value == null) {
            throw Refusals.missing(parameter);
        }
        return value;
    }

    private static Optional<String> token(String given) {
        if (given == null || given.isBlank()) {
            return Optional.empty();
        }
        if (given.length() > ClientToken.MAX_TOKEN_CHARS || !given.chars().allMatch(character -> character < 0x80)) {
            throw Refusals.invalidValue(
                    "ClientToken", given, "Expecting at most " + ClientToken.MAX_TOKEN_CHARS + " ASCII characters");
        }
        return Optional.of(given);
    }
}
