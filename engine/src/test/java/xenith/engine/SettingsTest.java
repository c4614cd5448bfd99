package xenith.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Account;
import xenith.engine.model.BootSource;
import xenith.engine.model.Caller;
import xenith.engine.model.ImageId;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmState;
import xenith.engine.service.Directory;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.ImageSettings;
import xenith.engine.service.MachineSettings;
import xenith.engine.store.Transaction;
import xenith.engine.tables.EndProtections;
import xenith.engine.tables.ImageShares;

class SettingsTest {
    private final MachineSettings machines = new MachineSettings();
    private final ImageSettings images = new ImageSettings();

    @TempDir
    Path home;

    private CloudHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new CloudHarness(home);
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void aMachineThatIsOffIsStartedAsItWasRespecified() {
        VmId vm = off();

        write(tx -> machines.respecify(tx, cloud.operator, vm, spec -> spec.sized(new VmSize("large", 4, 200, 2048))
                .told(spec.context().withUserData("bmV3"))));
        cloud.restart();
        cloud.request(vm, VmEvent.START);

        VirtualMachine started = cloud.awaitState(vm, VmState.RUNNING);
        assertThat(started.spec().capacity().memoryMib()).isEqualTo(2048);
        assertThat(started.spec().capacity().diskMib()).isEqualTo(1000);
        assertThat(started.spec().context().userDataBase64()).isEqualTo("bmV3");
        assertThat(cloud.host("one").specs.get(started.uuid()).memoryMib()).isEqualTo(2048);
    }

    @Test
    void aMachineThatRunsKeepsItsSize() {
        VmId vm = running();

        assertCode(
                ErrorCode.WRONG_STATE,
                tx -> machines.respecify(
                        tx, cloud.operator, vm, spec -> spec.sized(new VmSize("large", 4, 200, 2048))));
    }

    @Test
    void whatIsNewlyToBeBootedMustBeThere() {
        VmId vm = off();

        assertCode(
                ErrorCode.IMAGE_NOT_FOUND,
                tx -> machines.respecify(
                        tx,
                        cloud.operator,
                        vm,
                        spec -> spec.booting(
                                new BootSource(Optional.empty(), Optional.of(new ImageId(99)), Optional.empty(), ""))));
    }

    @Test
    void aProtectedMachineIsEndedByNoRequestAndByItsGuestAllTheSame() {
        VmId vm = running();
        write(tx -> machines.protect(tx, cloud.operator, vm, true));
        write(tx -> machines.endOnShutdown(tx, cloud.operator, vm, true));
        cloud.restart();

        assertCode(ErrorCode.PROTECTED, tx -> cloud.machines.request(tx, cloud.operator, vm, VmEvent.END));
        cloud.host("one").domains.remove(cloud.vm(vm).uuid());
        cloud.host("one").changed();
        cloud.awaitState(vm, VmState.ENDED);
    }

    @Test
    void aMachineThatIsNoLongerProtectedIsEnded() {
        VmId vm = running();
        write(tx -> machines.protect(tx, cloud.operator, vm, true));
        write(tx -> machines.protect(tx, cloud.operator, vm, false));

        cloud.request(vm, VmEvent.END);
        cloud.awaitState(vm, VmState.ENDED);
        assertCode(ErrorCode.WRONG_STATE, tx -> machines.protect(tx, cloud.operator, vm, true));
        assertThat(EndProtections.hold(cloud.store.state(), vm)).isFalse();
    }

    @Test
    void anotherAccountsMachineIsNotFound() {
        VmId vm = running();
        Caller stranger = member("stranger");

        assertCode(ErrorCode.VM_NOT_FOUND, tx -> machines.protect(tx, stranger, vm, true));
        assertCode(ErrorCode.VM_NOT_FOUND, tx -> machines.endOnShutdown(tx, stranger, vm, true));
        assertCode(ErrorCode.VM_NOT_FOUND, tx -> machines.respecify(tx, stranger, vm, spec -> spec));
    }

    @Test
    void anImageIsForItsOwnerUntilItIsShared() {
        ImageId image = cloud.image().id();
        write(tx -> images.shareWithEverybody(tx, cloud.operator, image, false));
        Caller friend = member("friend");
        Caller stranger = member("stranger");
        ImageCatalog catalog = new ImageCatalog();
        assertThat(catalog.find(cloud.store.state(), friend, image)).isEmpty();

        write(tx -> images.share(tx, cloud.operator, image, friend.account()));
        cloud.restart();

        assertThat(catalog.find(cloud.store.state(), friend, image)).isPresent();
        assertThat(catalog.find(cloud.store.state(), stranger, image)).isEmpty();
        assertCode(ErrorCode.NOT_ALLOWED, tx -> images.describe(tx, friend, image, "mine"));
        assertCode(ErrorCode.IMAGE_NOT_FOUND, tx -> images.describe(tx, stranger, image, "mine"));
        write(tx -> images.unshare(tx, cloud.operator, image, friend.account()));
        assertThat(catalog.find(cloud.store.state(), friend, image)).isEmpty();
    }

    @Test
    void onlyOperatorsShareWithEverybody() {
        Caller member = new Caller(cloud.operator.account(), cloud.operator.user(), Role.MEMBER);

        assertCode(
                ErrorCode.NOT_ALLOWED,
                tx -> images.shareWithEverybody(tx, member, cloud.image().id(), true));
        write(tx -> images.shareWithEverybody(tx, member, cloud.image().id(), false));
        assertThat(cloud.image().shared()).isFalse();
    }

    @Test
    void anImageIsSharedWithAccountsThatAreThereAndForgetsThoseThatGo() {
        ImageId image = cloud.image().id();
        Account gone = write(tx -> new Directory(new Random(5)).createAccount(tx, "gone", 1));
        write(tx -> images.share(tx, cloud.operator, image, gone.id()));

        write(tx -> new Directory(new Random(5)).removeAccount(tx, cloud.operator, gone.id()));

        assertThat(ImageShares.of(cloud.store.state(), image)).isEmpty();
        assertCode(ErrorCode.ACCOUNT_NOT_FOUND, tx -> images.share(tx, cloud.operator, image, gone.id()));
    }

    private VmId running() {
        cloud.addHost("one");
        VmId vm = cloud.launch(1).get(0).id();
        cloud.awaitState(vm, VmState.RUNNING);
        return vm;
    }

    private VmId off() {
        VmId vm = running();
        cloud.request(vm, VmEvent.SHUT_DOWN);
        cloud.awaitState(vm, VmState.OFF);
        return vm;
    }

    private Caller member(String name) {
        return write(tx -> {
            Directory directory = new Directory(new Random(name.hashCode()));
            Account account = directory.createAccount(tx, name, 10);
            User user = directory.createUser(tx, account.id(), name, Role.MEMBER);
            return new Caller(account.id(), user.id(), Role.MEMBER);
        });
    }

    private <T> T write(java.util.function.Function<Transaction, T> work) {
        return cloud.store.write(work);
    }

    private void assertCode(ErrorCode code, Consumer<Transaction> work) {
        assertThatThrownBy(() -> cloud.store.write(tx -> {
                    work.accept(tx);
                    return null;
                }))
                .isInstanceOfSatisfying(EngineException.class, refused -> assertThat(refused.code())
                        .isEqualTo(code));
    }
}
