package xenith.drivers.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.libvirt.jna.virError;

/** What libvirt-java 0.5.4 does not bind. Arguments and results as libvirt's reference has them. */
interface LibvirtExtra extends Library {
    LibvirtExtra LIBRARY = Native.load("virt", LibvirtExtra.class);

    int virDomainRestoreFlags(Pointer connection, String file, String domainXml, int flags);

    Pointer virDomainLookupByUUIDString(Pointer connection, String uuid);

    int virDomainFree(Pointer domain);

    int virDomainGetState(Pointer domain, IntByReference state, IntByReference reason, int flags);

    int virDomainMigrateToURI3(Pointer domain, String targetUri, Memory parameters, int count, int flags);

    Pointer virDomainMigrate3(Pointer domain, Pointer targetConnection, Memory parameters, int count, int flags);

    /**
     * What clients call for {@code virDomainMigrate} at its end, exported since libvirt 1.1 for libvirtd and not in its
     * reference.
     */
    int virDomainMigrateConfirm3Params(
            Pointer domain, Pointer parameters, int count, byte[] cookie, int cookieBytes, int flags, int cancelled);

    Pointer virNetworkLookupByUUIDString(Pointer connection, String uuid);

    int virNetworkUpdate(Pointer network, int command, int section, int parentIndex, String xml, int flags);

    int virNetworkFree(Pointer network);

    /** The parameters are structures of a name of 80 bytes and a 64-bit value, nanoseconds for processor times. */
    int virNodeGetCPUStats(Pointer connection, int cpu, Memory parameters, IntByReference count, int flags);

    /** The calling thread's last error; null when it has none. */
    virError virGetLastError();
}
