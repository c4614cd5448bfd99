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

    Pointer virNetworkLookupByUUIDString(Pointer connection, String uuid);

    int virNetworkUpdate(Pointer network, int command, int section, int parentIndex, String xml, int flags);

    int virNetworkFree(Pointer network);

    /** The parameters are structures of a name of 80 bytes and a 64-bit value, nanoseconds for processor times. */
    int virNodeGetCPUStats(Pointer connection, int cpu, Memory parameters, IntByReference count, int flags);

    /** The calling thread's last error; null when it has none. */
    virError virGetLastError();
}
