package xenith.drivers.libvirt;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
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

    ExtendedConnect(String uri) throws LibvirtException {
        super(uri);
    }

    /** virDomainRestoreFlags: starts a domain from its saved memory, with changed XML. */
    void restore(String file, String domainXml) throws NativeCallException {
        check(LibvirtExtra.LIBRARY.virDomainRestoreFlags(vcp.getPointer(), file, domainXml, 0));
    }

    /** virDomainGetState: why the domain is in the state that it is in, as its virDomain...Reason. */
    int stateReason(UUID vm) throws NativeCallException {
        IntByReference state = new IntByReference();
        IntByReference reason = new IntByReference();
        onDomain(vm, domain -> LibvirtExtra.LIBRARY.virDomainGetState(domain, state, reason, 0));
        return reason.getValue();
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
