package xenith.drivers.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainDevices;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;

/** A connection to a host, lost with the life of the program in which it was made. */
final class ProcessHypervisor implements Hypervisor, HostEvents.Ear {
    /** Ends that are remembered; beyond that, hints of which nobody has made use are dropped. */
    private static final int MAX_ENDS = 10_000;

    private final Conversation conversation;
    private final HostEndpoint endpoint;
    private final DomainListener listener;
    private final long connection;
    private final Map<UUID, DomainEnd> ends = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean lost;

    ProcessHypervisor(Conversation conversation, HostEndpoint endpoint, DomainListener listener, long connection) {
        this.conversation = conversation;
        this.endpoint = endpoint;
        this.listener = listener;
        this.connection = connection;
    }

    /** Before the answer comes, the first event may. */
    void open() throws DriverException {
        conversation.events().add(endpoint.host().value(), this);
        ask(Method.CONNECT, ofConnection(), PortReader::nothing);
    }

    private ObjectNode ofConnection() {
        return PortWriter.params().put("connection", connection);
    }

    @Override
    public void changed() {
        listener.somethingChanged();
    }

    @Override
    public void ended(UUID vm, DomainEnd end) {
        if (ends.size() < MAX_ENDS) {
            ends.put(vm, end);
        }
        listener.somethingChanged();
    }

    @Override
    public void lost() {
        lost = true;
        listener.somethingChanged();
    }

    @Override
    public HostReport report() throws DriverException {
        return ask(Method.REPORT, PortWriter.params(), PortReader::report);
    }

    @Override
    public List<DomainReport> domains() throws DriverException {
        return ask(Method.DOMAINS, PortWriter.params(), answer -> answer.items(PortReader::domain));
    }

    @Override
    public Optional<DomainReport> domain(UUID vm) throws DriverException {
        return ask(Method.DOMAIN, PortWriter.vm(vm), answer -> answer.optional(PortReader::domain));
    }

    @Override
    public Map<UUID, DomainEnd> ends() {
        return Map.copyOf(ends);
    }

    @Override
    public void start(DomainSpec spec) throws DriverException {
        ends.remove(spec.uuid());
        change(Method.START, spec(spec));
    }

    @Override
    public void requestShutdown(UUID vm) throws DriverException {
        change(Method.REQUEST_SHUTDOWN, PortWriter.vm(vm));
    }

    @Override
    public void destroy(UUID vm) throws DriverException {
        change(Method.DESTROY, PortWriter.vm(vm));
    }

    @Override
    public void reboot(UUID vm) throws DriverException {
        change(Method.REBOOT, PortWriter.vm(vm));
    }

    @Override
    public void pause(UUID vm) throws DriverException {
        change(Method.PAUSE, PortWriter.vm(vm));
    }

    @Override
    public void unpause(UUID vm) throws DriverException {
        change(Method.UNPAUSE, PortWriter.vm(vm));
    }

    @Override
    public void save(UUID vm, String file) throws DriverException {
        change(Method.SAVE, PortWriter.vm(vm).put("file", file));
    }

    @Override
    public void restore(DomainSpec spec, String file) throws DriverException {
        ends.remove(spec.uuid());
        change(Method.RESTORE, spec(spec).put("file", file));
    }

    /** Where no memory is saved, there is none to drop. */
    @Override
    public void dropMemory(String file) throws DriverException {
        if (conversation.can(Ability.SAVE)) {
            change(Method.DROP_MEMORY, PortWriter.params().put("file", file));
        }
    }

    @Override
    public void migrate(UUID vm, HostEndpoint target, boolean live) throws DriverException {
        ObjectNode params = PortWriter.vm(vm);
        params.set("target", PortWriter.host(target));
        change(Method.MIGRATE, params.put("live", live));
    }

    @Override
    public boolean isMoving(UUID vm) throws DriverException {
        return conversation.can(Ability.MIGRATE) && ask(Method.IS_MOVING, PortWriter.vm(vm), Answer::flag);
    }

    /** Where machines do not move, none has left. */
    @Override
    public void leave(UUID vm) throws DriverException {
        if (conversation.can(Ability.MIGRATE)) {
            change(Method.LEAVE, PortWriter.vm(vm));
        }
    }

    @Override
    public void resize(UUID vm, int vcpus, long memoryMib) throws DriverException {
        change(Method.RESIZE, PortWriter.vm(vm).put("vcpus", vcpus).put("memoryMib", memoryMib));
    }

    @Override
    public DomainDevices devices(UUID vm) throws DriverException {
        return ask(Method.DEVICES, PortWriter.vm(vm), PortReader::devices);
    }

    @Override
    public void attach(UUID vm, BootFiles.Disk disk) throws DriverException {
        change(Method.ATTACH_DISK, disk(vm, disk));
    }

    @Override
    public void detach(UUID vm, BootFiles.Disk disk) throws DriverException {
        change(Method.DETACH_DISK, disk(vm, disk));
    }

    @Override
    public void attach(UUID vm, DomainSpec.Nic nic) throws DriverException {
        change(Method.ATTACH_CARD, card(vm, nic));
    }

    @Override
    public void detach(UUID vm, DomainSpec.Nic nic) throws DriverException {
        change(Method.DETACH_CARD, card(vm, nic));
    }

    @Override
    public List<DomainUsage> usages() throws DriverException {
        return ask(Method.USAGES, PortWriter.params(), answer -> answer.items(PortReader::usage));
    }

    @Override
    public byte[] console(UUID vm, int maxBytes) throws DriverException {
        return conversation.can(Ability.CONSOLE)
                ? ask(Method.CONSOLE, PortWriter.vm(vm).put("maxBytes", maxBytes), Answer::bytes)
                : new byte[0];
    }

    @Override
    public boolean logsConsole(UUID vm) throws DriverException {
        return conversation.can(Ability.CONSOLE) && ask(Method.LOGS_CONSOLE, PortWriter.vm(vm), Answer::flag);
    }

    @Override
    public void forget(UUID vm) throws DriverException {
        change(Method.FORGET, PortWriter.vm(vm));
        ends.remove(vm);
    }

    @Override
    public boolean alive() {
        return !closed.get() && !lost && conversation.isOpen();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            conversation.events().remove(endpoint.host().value(), this);
            if (conversation.isOpen()) {
                conversation.tell(Method.CLOSE, endpoint, ofConnection());
            }
        }
    }

    private static ObjectNode spec(DomainSpec spec) {
        ObjectNode params = PortWriter.params();
        params.set("spec", PortWriter.domain(spec));
        return params;
    }

    private static ObjectNode disk(UUID vm, BootFiles.Disk disk) {
        ObjectNode params = PortWriter.vm(vm);
        params.set("disk", PortWriter.disk(disk));
        return params;
    }

    private static ObjectNode card(UUID vm, DomainSpec.Nic nic) {
        ObjectNode params = PortWriter.vm(vm);
        params.set("nic", PortWriter.nic(nic));
        return params;
    }

    private void change(Method method, ObjectNode params) throws DriverException {
        ask(method, params, PortReader::nothing);
    }

    private <T> T ask(Method method, ObjectNode params, Answer.Reading<T> reading) throws DriverException {
        if (!alive()) {
            throw new DriverException(
                    Failure.UNREACHABLE, method + ": the connection to host " + endpoint.name() + " is gone");
        }
        try {
            return conversation.ask(method, Optional.of(endpoint), params, reading);
        } catch (DriverException e) {
            lost |= e.failure() == Failure.UNREACHABLE;
            throw e;
        }
    }
}
