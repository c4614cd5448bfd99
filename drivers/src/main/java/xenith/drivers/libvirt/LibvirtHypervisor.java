package xenith.drivers.libvirt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.SchedParameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainDevices;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainState;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HostReport;
import xenith.engine.port.Hypervisor;

/** A host behind libvirt. What its domains' XML looks like, its {@link DomainDialect} says. */
final class LibvirtHypervisor implements Hypervisor {
    private static final Logger LOG = LoggerFactory.getLogger(LibvirtHypervisor.class);

    private final HostEndpoint endpoint;
    private final LibvirtConnection connection;
    private final DomainDialect dialect;
    private final HostReports reports;
    private final Consoles consoles;
    private final KeptConsoles kept;
    private final ShutdownRequests shutdowns;
    /** A machine's starts come one after another, so that a later one finds what an earlier one has made. */
    private final StripedLocks starts = new StripedLocks();

    LibvirtHypervisor(
            HostEndpoint endpoint,
            LibvirtConnection connection,
            DomainDialect dialect,
            HostReports reports,
            Consoles consoles,
            KeptConsoles kept,
            ShutdownRequests shutdowns) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.dialect = dialect;
        this.reports = reports;
        this.consoles = consoles;
        this.kept = kept;
        this.shutdowns = shutdowns;
    }

    /** What is done with a domain that is there and ours. */
    @FunctionalInterface
    private interface DomainChange {
        void on(Domain domain) throws LibvirtException, DriverException;
    }

    @Override
    public HostReport report() throws DriverException {
        return reports.report();
    }

    @Override
    public List<DomainReport> domains() throws DriverException {
        return connection.ask(
                "list of domains", connect -> Domains.each(connect, domain -> Domains.report(connect, domain)));
    }

    @Override
    public Optional<DomainReport> domain(UUID vm) throws DriverException {
        return connection.ask("domain " + vm, connect -> {
            Optional<Domain> found = Domains.find(connect, vm);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Optional<DomainReport> report = Domains.report(connect, found.get());
            found.get().free();
            return report;
        });
    }

    @Override
    public Map<UUID, DomainEnd> ends() {
        return connection.ends();
    }

    @Override
    public void start(DomainSpec spec) throws DriverException {
        Optional<String> refusal = dialect.refusal(spec);
        if (refusal.isPresent()) {
            throw new DriverException(
                    Failure.REFUSED,
                    "starting domain " + spec.name() + " on host " + endpoint.name() + ": " + refusal.get());
        }
        synchronized (starts.of(spec.uuid())) {
            startUnlessActive(spec, "starting", connect -> {
                if (!dialect.namesMissingFiles() && filesAreInSight()) {
                    HostFiles.refuseMissing(spec.boot());
                }
                Domain domain = connect.domainCreateXML(new DomainXml(dialect).of(spec), 0);
                share(domain, spec.cpu());
                domain.free();
            });
        }
    }

    /** What is in a host's own storage pool is not seen from here. */
    private boolean filesAreInSight() throws DriverException {
        return HostUri.parse(endpoint.uri()).pool().isEmpty();
    }

    private void startUnlessActive(DomainSpec spec, String what, LibvirtConnection.Change start)
            throws DriverException {
        if (isActiveAndOurs(spec.uuid())) {
            return;
        }
        try {
            consoles.expect(spec);
            connection.change(what + " domain " + spec.name(), start);
        } catch (DriverException e) {
            throwUnlessActiveAndOurs(spec.uuid(), e);
        }
    }

    private boolean isActiveAndOurs(UUID vm) throws DriverException {
        Optional<DomainReport> there = domain(vm);
        if (there.isPresent() && !there.get().belongsTo(endpoint.cloud())) {
            throw foreign(vm);
        }
        return there.isPresent();
    }

    /** An earlier call whose answer was lost may have been quicker; an UNKNOWN one must stay so. */
    private void throwUnlessActiveAndOurs(UUID vm, DriverException failure) throws DriverException {
        if (failure.failure() == Failure.UNKNOWN || !connection.alive() || !isActiveAndOurs(vm)) {
            throw failure;
        }
    }

    /** Shares need cgroups or a scheduler that has weights; a host without them runs its domains as equals. */
    private void share(Domain domain, long cpu) {
        dialect.share(cpu).ifPresent(share -> {
            try {
                domain.setSchedulerParameters(new SchedParameter[] {share});
            } catch (LibvirtException e) {
                LOG.debug("host {} has no cpu shares: {}", endpoint.name(), e.getMessage());
            }
        });
    }

    @Override
    public void requestShutdown(UUID vm) throws DriverException {
        changeIfThere("shutdown", vm, domain -> {
            if (!dialect.hearsShutdownOnce()) {
                domain.shutdown();
            } else if (shutdowns.isFirst(endpoint.host(), vm, domain.getID())) {
                shutDownOnce(vm, domain);
            }
        });
    }

    /** A request that was lost on the way may be made again. */
    private void shutDownOnce(UUID vm, Domain domain) throws LibvirtException {
        try {
            domain.shutdown();
        } catch (LibvirtException e) {
            if (ErrorTable.connectionIsAtFault(e.getError())) {
                shutdowns.forget(endpoint.host(), vm);
            }
            throw e;
        }
    }

    @Override
    public void destroy(UUID vm) throws DriverException {
        changeIfThere("destroy", vm, Domain::destroy);
    }

    @Override
    public void reboot(UUID vm) throws DriverException {
        change("reboot", vm, domain -> {
            try {
                domain.reboot(0);
            } catch (LibvirtException e) {
                if (ErrorTable.connectionIsAtFault(e.getError()) || ErrorTable.domainIsAbsent(e.getError())) {
                    throw e;
                }
                domain.reset();
            }
        });
    }

    @Override
    public void pause(UUID vm) throws DriverException {
        if (!isPaused(vm)) {
            change("pause", vm, Domain::suspend);
        }
    }

    @Override
    public void unpause(UUID vm) throws DriverException {
        if (isPaused(vm)) {
            change("unpause", vm, Domain::resume);
        } else {
            change("unpause", vm, domain -> {});
            letGoOn(vm);
        }
    }

    private boolean isPaused(UUID vm) throws DriverException {
        return domain(vm)
                .filter(domain -> domain.belongsTo(endpoint.cloud()))
                .filter(domain -> domain.state() == DomainState.PAUSED)
                .isPresent();
    }

    @Override
    public void save(UUID vm, String file) throws DriverException {
        Migration.awaitEarlier(connection, vm, "save of domain " + vm);
        boolean wasThere = changeIfThere("save", vm, domain -> {
            HostFiles.refuseWithoutRoom(file, domain.getInfo().memory);
            save(domain, file);
        });
        if (!wasThere && !HostFiles.exists(file)) {
            throw absent("save", vm);
        }
    }

    /** Half of a memory must not be taken for a whole one; one that is perhaps still being written is left alone. */
    private void save(Domain domain, String file) throws LibvirtException, DriverException {
        try {
            domain.save(file);
        } catch (LibvirtException e) {
            if (ErrorTable.hasFailed(e.getError()) && !ErrorTable.domainIsAbsent(e.getError())) {
                HostFiles.remove(file);
                letGoOn(UUID.fromString(domain.getUUIDString()));
            }
            throw e;
        }
    }

    private void letGoOn(UUID vm) throws DriverException {
        if (dialect.leavesGuestsStanding()) {
            StandingGuests.letGoOn(connection, vm);
        }
    }

    @Override
    public void restore(DomainSpec spec, String file) throws DriverException {
        synchronized (starts.of(spec.uuid())) {
            String xml = dialect.restoresWithXml() ? new DomainXml(dialect).of(spec) : null;
            startUnlessActive(spec, "restoring", connect -> connect.restore(file, xml));
        }
        // One that an earlier caller began may yet fail, and then needs the file again.
        Migration.awaitEarlier(connection, spec.uuid(), "restoring domain " + spec.uuid());
        if (!isActiveAndOurs(spec.uuid())) {
            throw new DriverException(Failure.FAILED, "restoring domain " + spec.uuid() + ": it is not there any more");
        }
        // Memory that has gone on must never be gone back to: its disks have moved on as well.
        HostFiles.remove(file);
    }

    @Override
    public void dropMemory(String file) throws DriverException {
        HostFiles.remove(file);
    }

    @Override
    public void migrate(UUID vm, HostEndpoint target, boolean live) throws DriverException {
        if (target.uri().equals(endpoint.uri())) {
            throw new DriverException(
                    Failure.REFUSED, "migrate: host " + target.name() + " is where domain " + vm + " is");
        }
        try (LibvirtConnection there = open(target)) {
            new Migration(vm, dialect, endpoint, connection, target, there).run(live);
        }
    }

    @Override
    public boolean isMoving(UUID vm) throws DriverException {
        return Migration.goesOn(connection, vm);
    }

    /** That the other host cannot be reached says nothing of this one. */
    private static LibvirtConnection open(HostEndpoint target) throws DriverException {
        try {
            return LibvirtConnection.open(HostUri.parse(target.uri()));
        } catch (DriverException e) {
            Failure failure = e.failure() == Failure.UNREACHABLE ? Failure.FAILED : e.failure();
            throw new DriverException(failure, "migrate: host " + target.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void leave(UUID vm) throws DriverException {
        if (isActiveAndOurs(vm)) {
            throw new DriverException(Failure.REFUSED, "leave: domain " + vm + " is active on host " + endpoint.name());
        }
        kept.add(vm, consoles.tail(vm, KeptConsoles.MAX_BYTES));
        consoles.remove(vm);
        shutdowns.forget(endpoint.host(), vm);
    }

    @Override
    public void resize(UUID vm, int vcpus, long memoryMib) throws DriverException {
        change("resize", vm, domain -> DomainSizes.change(domain, vcpus, memoryMib));
    }

    @Override
    public DomainDevices devices(UUID vm) throws DriverException {
        return connection.ask("devices of domain " + vm, connect -> {
            Optional<Domain> found = Domains.find(connect, vm);
            if (found.isEmpty()) {
                throw absent("devices", vm);
            }
            DomainDevices devices = DevicePlugs.devices(found.get());
            found.get().free();
            return devices;
        });
    }

    @Override
    public void attach(UUID vm, BootFiles.Disk disk) throws DriverException {
        if (!dialect.namesMissingFiles() && filesAreInSight()) {
            HostFiles.refuseMissing(disk.file());
        }
        change("attach of disk " + disk.file(), vm, domain -> new DevicePlugs(dialect).attach(domain, disk));
    }

    @Override
    public void detach(UUID vm, BootFiles.Disk disk) throws DriverException {
        change("detach of disk " + disk.file(), vm, domain -> new DevicePlugs(dialect).detach(domain, disk));
    }

    @Override
    public void attach(UUID vm, DomainSpec.Nic nic) throws DriverException {
        change("attach of card " + nic.mac(), vm, domain -> new DevicePlugs(dialect).attach(domain, nic));
    }

    @Override
    public void detach(UUID vm, DomainSpec.Nic nic) throws DriverException {
        change("detach of card " + nic.mac(), vm, domain -> new DevicePlugs(dialect).detach(domain, nic));
    }

    @Override
    public List<DomainUsage> usages() throws DriverException {
        return connection.ask("usage of domains", connect -> DomainUsages.of(connect, endpoint.cloud()));
    }

    @Override
    public boolean logsConsole(UUID vm) throws DriverException {
        return consoles.keeps(vm);
    }

    @Override
    public byte[] console(UUID vm, int maxBytes) throws DriverException {
        byte[] here = consoles.tail(vm, maxBytes);
        return FileEnds.join(kept.tail(vm, maxBytes - here.length), here, maxBytes);
    }

    @Override
    public void forget(UUID vm) throws DriverException {
        consoles.remove(vm);
        kept.remove(vm);
        consoles.forget(vm);
        shutdowns.forget(endpoint.host(), vm);
    }

    @Override
    public boolean alive() {
        return connection.alive();
    }

    @Override
    public void close() {
        connection.close();
    }

    private void change(String what, UUID vm, DomainChange change) throws DriverException {
        if (!changeIfThere(what, vm, change)) {
            throw absent(what, vm);
        }
    }

    /** @return false when there is no such domain, or none any more */
    private boolean changeIfThere(String what, UUID vm, DomainChange change) throws DriverException {
        Optional<DomainReport> report = domain(vm);
        if (report.isEmpty()) {
            return false;
        }
        if (!report.get().belongsTo(endpoint.cloud())) {
            throw foreign(vm);
        }
        try {
            connection.change(what + " of domain " + vm, connect -> {
                Optional<Domain> found = Domains.find(connect, vm);
                if (found.isPresent()) {
                    change.on(found.get());
                    found.get().free();
                }
            });
            return true;
        } catch (DriverException e) {
            if (e.failure() == Failure.UNKNOWN
                    || !connection.alive()
                    || domain(vm).isPresent()) {
                throw e;
            }
            return false;
        }
    }

    private DriverException foreign(UUID vm) {
        return new DriverException(
                Failure.REFUSED, "domain " + vm + " on host " + endpoint.name() + " is not this cloud's");
    }

    private DriverException absent(String what, UUID vm) {
        return new DriverException(
                Failure.REFUSED, what + ": there is no domain " + vm + " on host " + endpoint.name());
    }
}
