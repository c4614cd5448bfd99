package xenith.drivers.libvirt;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.libvirt.Connect;
import org.libvirt.Error;
import org.libvirt.LibvirtException;
import org.libvirt.jna.virError;

/** libvirt-java's connection, and what it lacks. */
public final class ExtendedConnect extends Connect {
    private static final int ALL_CPUS = -1;
    private static final int PARAMETER_NAME_BYTES = 80;
    private static final int PARAMETER_BYTES = PARAMETER_NAME_BYTES + Long.BYTES;
    private static final int TYPED_PARAMETER_BYTES = PARAMETER_NAME_BYTES + 2 * Long.BYTES;
    private static final int TYPE_STRING = 7;
    private static final int FAILED = -1;

    ExtendedConnect(String uri) throws LibvirtException {
        super(uri);
    }

    /** virDomainRestoreFlags: starts a domain from its saved memory, with changed XML. */
    void restore(String file, String domainXml) throws NativeCallException {
        check(LibvirtExtra.LIBRARY.virDomainRestoreFlags(vcp.getPointer(), file, domainXml, 0));
    }

    /**
     * virDomainGetState.
     *
     * @param state virDomainState
     * @param reason why it is in that state, as its virDomain...Reason
     */
    record StateAndReason(int state, int reason) {}

    /** What libvirtd knows, without a question to the hypervisor. */
    StateAndReason state(UUID vm) throws NativeCallException {
        IntByReference state = new IntByReference();
        IntByReference reason = new IntByReference();
        onDomain(vm, domain -> LibvirtExtra.LIBRARY.virDomainGetState(domain, state, reason, 0));
        return new StateAndReason(state.getValue(), reason.getValue());
    }

    /**
     * virDomainMigrateToURI3: the hosts move the domain among themselves.
     *
     * @param control the target's libvirtd as this host sees it
     * @param data where this host sends the domain's memory to; empty to leave it to the target
     * @param flags virDomainMigrateFlags
     */
    void migrateAmongHosts(UUID vm, String control, Optional<String> data, int flags) throws NativeCallException {
        Memory parameters = migrateUri(data);
        onDomain(
                vm,
                domain -> LibvirtExtra.LIBRARY.virDomainMigrateToURI3(
                        domain, control, parameters, data.isPresent() ? 1 : 0, flags));
    }

    /** virDomainMigrate3: this process has the one host send and the other receive. */
    void migrateTo(ExtendedConnect target, UUID vm, Optional<String> data, int flags) throws NativeCallException {
        Memory parameters = migrateUri(data);
        onDomain(vm, domain -> {
            Pointer moved = LibvirtExtra.LIBRARY.virDomainMigrate3(
                    domain, target.vcp.getPointer(), parameters, data.isPresent() ? 1 : 0, flags);
            return moved == null ? FAILED : LibvirtExtra.LIBRARY.virDomainFree(moved);
        });
    }

    /** A virTypedParameter: a name, a type, and a value of eight bytes, here a string's address. */
    private static Memory migrateUri(Optional<String> data) {
        byte[] text = data.orElse("").getBytes(StandardCharsets.US_ASCII);
        Memory memory = new Memory(TYPED_PARAMETER_BYTES + text.length + 1);
        memory.clear();
        memory.setString(0, "migrate_uri", StandardCharsets.US_ASCII.name());
        memory.setInt(PARAMETER_NAME_BYTES, TYPE_STRING);
        memory.setPointer(TYPED_PARAMETER_BYTES - Long.BYTES, memory.share(TYPED_PARAMETER_BYTES));
        memory.write(TYPED_PARAMETER_BYTES, text, 0, text.length);
        return memory;
    }

    /** Ends a migration at its source as one that was given up: the guest, if it stands still, goes on. */
    void cancelMigration(UUID vm) throws NativeCallException {
        onDomain(
                vm,
                domain -> LibvirtExtra.LIBRARY.virDomainMigrateConfirm3Params(domain, null, 0, new byte[0], 0, 0, 1));
    }

    private void onDomain(UUID vm, ToIntFunction<Pointer> call) throws NativeCallException {
        Pointer found = LibvirtExtra.LIBRARY.virDomainLookupByUUIDString(vcp.getPointer(), vm.toString());
        if (found == null) {
            throw new NativeCallException(lastError());
        }
        try {
            check(call.applyAsInt(found));
        } finally {
            LibvirtExtra.LIBRARY.virDomainFree(found);
        }
    }

    /**
     * virNetworkUpdate on the running network.
     *
     * @param command virNetworkUpdateCommand
     * @param section virNetworkUpdateSection
     */
    public void updateNetwork(UUID network, int command, int section, String xml, int flags)
            throws NativeCallException {
        Pointer found = LibvirtExtra.LIBRARY.virNetworkLookupByUUIDString(vcp.getPointer(), network.toString());
        if (found == null) {
            throw new NativeCallException(lastError());
        }
        try {
            check(LibvirtExtra.LIBRARY.virNetworkUpdate(found, command, section, -1, xml, flags));
        } finally {
            LibvirtExtra.LIBRARY.virNetworkFree(found);
        }
    }

    /** virNodeGetCPUStats of all processors together: nanoseconds by name, as {@code idle}. */
    Map<String, Long> cpuTimes() throws NativeCallException {
        IntByReference count = new IntByReference(0);
        check(LibvirtExtra.LIBRARY.virNodeGetCPUStats(vcp.getPointer(), ALL_CPUS, null, count, 0));
        Map<String, Long> times = new LinkedHashMap<>();
        if (count.getValue() > 0) {
            Memory memory = new Memory((long) count.getValue() * PARAMETER_BYTES);
            check(LibvirtExtra.LIBRARY.virNodeGetCPUStats(vcp.getPointer(), ALL_CPUS, memory, count, 0));
            for (int i = 0; i < count.getValue(); i++) {
                long at = (long) i * PARAMETER_BYTES;
                String name = Native.toString(
                        memory.getByteArray(at, PARAMETER_NAME_BYTES), StandardCharsets.US_ASCII.name());
                times.put(name, memory.getLong(at + PARAMETER_NAME_BYTES));
            }
        }
        return times;
    }

    private static void check(int result) throws NativeCallException {
        if (result < 0) {
            throw new NativeCallException(lastError());
        }
    }

    private static Error lastError() {
        virError error = LibvirtExtra.LIBRARY.virGetLastError();
        return new Error(error == null ? new virError() : error);
    }
}
