package xenith.gateway.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.Account;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.NetworkId;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.Images;
import xenith.engine.tables.Networks;
import xenith.engine.tables.Users;
import xenith.engine.tables.Vms;

/**
 * Finds things by what people call them: the engine's number, another front's id, or the name where it is unique. What
 * is somebody else's is not found. Numbers come first, and names made here are never numbers.
 */
final class References {
    private final ExternalIds externalIds;

    References(ExternalIds externalIds) {
        this.externalIds = externalIds;
    }

    /** @throws EngineException {@code ACCOUNT_NOT_FOUND} */
    Account account(Snapshot state, String reference) {
        Optional<Account> byId = reference.matches("[0-9]{12}")
                ? state.find(Accounts.TABLE, new AccountId(reference))
                : Optional.empty();
        return byId.or(() ->
                        state.by(Accounts.BY_NAME, Accounts.TABLE, reference).findFirst())
                .orElseThrow(() -> notFound(ErrorCode.ACCOUNT_NOT_FOUND, "account", reference));
    }

    /** @throws EngineException {@code USER_NOT_FOUND} */
    User user(Snapshot state, Caller caller, String reference) {
        return number(reference)
                .flatMap(number -> state.find(Users.TABLE, new UserId(number)))
                .or(() -> state.by(Users.BY_NAME, Users.TABLE, reference).findFirst())
                .filter(user -> Access.maySee(caller, user))
                .orElseThrow(() -> notFound(ErrorCode.USER_NOT_FOUND, "user", reference));
    }

    /** @throws EngineException {@code HOST_NOT_FOUND} */
    Host host(Snapshot state, String reference) {
        return number(reference)
                .flatMap(number -> state.find(Hosts.TABLE, new HostId(number)))
                .or(() -> state.by(Hosts.BY_NAME, Hosts.TABLE, reference).findFirst())
                .orElseThrow(() -> notFound(ErrorCode.HOST_NOT_FOUND, "host", reference));
    }

    /** @throws EngineException {@code NETWORK_NOT_FOUND} */
    VirtualNetwork network(Snapshot state, String reference) {
        return number(reference)
                .flatMap(number -> state.find(Networks.TABLE, new NetworkId(number)))
                .or(() -> state.by(Networks.BY_NAME, Networks.TABLE, reference).findFirst())
                .orElseThrow(() -> notFound(ErrorCode.NETWORK_NOT_FOUND, "network", reference));
    }

    /**
     * The image, if the caller may use it. A name is sought in the caller's account first.
     *
     * @throws EngineException {@code IMAGE_NOT_FOUND}
     * @throws ApiException {@code NAME_AMBIGUOUS}
     */
    Image image(Snapshot state, Caller caller, String reference) {
        return number(reference)
                .map(ImageId::new)
                .or(() -> externalIds.image(state, reference))
                .flatMap(id -> state.find(Images.TABLE, id))
                .or(() -> state.by(Images.BY_NAME, Images.TABLE, new Images.Name(caller.account(), reference))
                        .findFirst())
                .filter(image -> ImageShares.usable(state, image, caller))
                .or(() -> only(
                        state.all(Images.TABLE).stream()
                                .filter(image ->
                                        image.name().equals(reference) && ImageShares.usable(state, image, caller)),
                        "images",
                        reference))
                .orElseThrow(() -> notFound(ErrorCode.IMAGE_NOT_FOUND, "image", reference));
    }

    /**
     * The machine, if the caller may see it. Those that have ended are found by number or instance id only.
     *
     * @throws EngineException {@code VM_NOT_FOUND}
     * @throws ApiException {@code NAME_AMBIGUOUS}
     */
    VirtualMachine vm(Snapshot state, Caller caller, String reference) {
        return number(reference)
                .flatMap(number -> state.find(Vms.TABLE, new VmId(number)))
                .filter(vm -> caller.mayUse(vm.account()))
                .or(() -> visible(state, caller)
                        .filter(vm -> vm.spec().context().instanceId().equals(reference))
                        .findFirst())
                .or(() -> only(
                        visible(state, caller)
                                .filter(vm -> !vm.ended() && vm.name().equals(reference)),
                        "vms",
                        reference))
                .orElseThrow(() -> notFound(ErrorCode.VM_NOT_FOUND, "vm", reference));
    }

    /** The machines that the caller may see. */
    static Stream<VirtualMachine> visible(Snapshot state, Caller caller) {
        return caller.isOperator()
                ? state.all(Vms.TABLE).stream()
                : state.by(Vms.BY_ACCOUNT, Vms.TABLE, caller.account());
    }

    private static <T> Optional<T> only(Stream<T> named, String things, String name) {
        List<T> found = named.toList();
        if (found.size() > 1) {
            throw new ApiException(
                    Problem.NAME_AMBIGUOUS,
                    found.size() + " " + things + " are named " + JsonFields.quote(name) + "; say which by its id");
        }
        return found.stream().findFirst();
    }

    private static Optional<Long> number(String reference) {
        return reference.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(reference)) : Optional.empty();
    }

    private static EngineException notFound(ErrorCode code, String thing, String reference) {
        return new EngineException(code, "there is no " + thing + " " + JsonFields.quote(reference));
    }
}
