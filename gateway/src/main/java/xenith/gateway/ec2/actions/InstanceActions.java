package xenith.gateway.ec2.actions;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataRequest;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import xenith.engine.model.AccountId;
import xenith.engine.model.VmId;
import xenith.engine.service.Consoles;
import xenith.engine.store.Snapshot;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Ec2Ids;

/** Looking at instances. */
final class InstanceActions {
    /** What EC2 keeps of a console. */
    private static final int MAX_CONSOLE_BYTES = 64 * 1024;

    static final Comparator<InstanceView> BY_AGE =
            Comparator.comparing(view -> view.vm().id());

    private static final Pattern PASSWORD = Pattern.compile("<Password>([A-Za-z0-9+/=\\s]{1,4096})</Password>");

    private final Consoles consoles;
    private final Clock clock;

    InstanceActions(Consoles consoles, Clock clock) {
        this.consoles = consoles;
        this.clock = clock;
    }

    DescribeInstancesResponse describeInstances(Ec2Call call, DescribeInstancesRequest request) {
        Page.refuseWithIds(request.maxResults(), request.instanceIds(), "InstanceId");
        Predicate<InstanceView> wanted = InstanceFilters.ALL.compile(request.filters());
        List<InstanceView> sorted = listed(call, request.instanceIds(), clock.instant())
                .filter(wanted)
                .sorted(BY_AGE)
                .toList();
        Page<InstanceView> page =
                Page.of(call, request, request.maxResults(), request.nextToken(), sorted, InstanceActions::place);
        return DescribeInstancesResponse.builder()
                .reservations(reservations(page.items()))
                .nextToken(page.nextToken())
                .build();
    }

    GetConsoleOutputResponse getConsoleOutput(Ec2Call call, GetConsoleOutputRequest request) {
        InstanceView view = require(call.state(), call.caller().account(), request.instanceId(), clock.instant());
        byte[] output = consoles.read(view.vm(), MAX_CONSOLE_BYTES);
        return GetConsoleOutputResponse.builder()
                .instanceId(view.id())
                .timestamp(clock.instant())
                .output(Base64.getEncoder().encodeToString(output))
                .build();
    }

    /** Windows' EC2 service writes the password on the console, encrypted; other guests have none. */
    GetPasswordDataResponse getPasswordData(Ec2Call call, GetPasswordDataRequest request) {
        InstanceView view = require(call.state(), call.caller().account(), request.instanceId(), clock.instant());
        String output = new String(consoles.read(view.vm(), MAX_CONSOLE_BYTES), StandardCharsets.ISO_8859_1);
        String password = PASSWORD.matcher(output)
                .results()
                .map(found -> found.group(1).replaceAll("\\s", ""))
                .reduce("", (earlier, last) -> last);
        return GetPasswordDataResponse.builder()
                .instanceId(view.id())
                .timestamp(clock.instant())
                .passwordData(password)
                .build();
    }

    /** @throws Ec2Error MissingParameter, InvalidInstanceID.Malformed, InvalidInstanceID.NotFound */
    static InstanceView require(Snapshot state, AccountId account, String id, Instant now) {
        if (id == null) {
            throw Refusals.missing("InstanceId");
        }
        return requireAll(state, account, List.of(id), now).get(0);
    }

    /** The instances of those ids, as {@link #requireAll} has them; without ids, all of the caller's, in no order. */
    static Stream<InstanceView> listed(Ec2Call call, List<String> ids, Instant now) {
        AccountId account = call.caller().account();
        return ids.isEmpty()
                ? InstanceView.all(call.state(), account, now)
                : requireAll(call.state(), account, ids, now).stream();
    }

    /**
     * All the instances of those ids, each once.
     *
     * @throws Ec2Error InvalidInstanceID.Malformed; InvalidInstanceID.NotFound naming all that are missing or another's
     */
    static List<InstanceView> requireAll(Snapshot state, AccountId account, List<String> ids, Instant now) {
        List<InstanceView> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            if (!Ec2Ids.isWellFormed("i", id)) {
                throw new Ec2Error(
                        Ec2ErrorCode.INVALID_INSTANCE_ID_MALFORMED,
                        "Invalid id: \"%s\" (expecting \"i-...\")".formatted(Refusals.shown(id)));
            }
            Optional<InstanceView> view = InstanceView.find(state, account, id, now);
            view.ifPresentOrElse(found::add, () -> missing.add(id));
        }
        if (!missing.isEmpty()) {
            throw Refusals.notFound(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND, "instance ID", missing);
        }
        return found;
    }

    static String place(InstanceView view) {
        VmId id = view.vm().id();
        return Page.place(id.value());
    }

    /** Machines of one launch have numbers side by side, so reservations come in the order of their age. */
    private static List<Reservation> reservations(List<InstanceView> instances) {
        Map<String, List<InstanceView>> grouped = new LinkedHashMap<>();
        instances.forEach(view -> grouped.computeIfAbsent(view.entry().reservation(), absent -> new ArrayList<>())
                .add(view));
        return grouped.values().stream().map(InstanceDescription::reservation).toList();
    }
}
