#!/usr/bin/python3
"""A driver that runs real guests by starting QEMU itself, without libvirt; QEMU is spoken to by QMP.

Its hosts are folders of the state directory: local://NAME is hosts/NAME there, so that one machine serves as several.
For each machine a host's folder has VM.json (what was asked for, and whose it is), VM.pid, VM.qmp (QMP's socket) and
VM.log (its console); what machines wrote on hosts that they have left is in consoles/, and disks are in instances/.
Nothing is remembered elsewhere: guests run on without the driver, and its next life finds them. Its argument is tcg
(software, the default) or kvm. Needs Debian 12's python3, qemu-system-x86 and qemu-utils.

What it lacks: images come from the store alone, not by http; guests' memory is not resized; a guest is alone on its
network, which gives it its address by DHCP and leads nowhere; bytes on networks are not counted.
"""
import base64
import contextlib
import json
import os
import pathlib
import platform
import re
import socket
import subprocess
import sys
import threading
import time

from qemu_disks import Images
from qemu_files import MIB, UUID, refuse_absent, tail, until, write
from qemu_guest import QEMU, MOVE_SECONDS, Guest, free_slot, key, parts, placed
from xenith_driver import Failure, failed, refused, serve, tell

URI = re.compile(r"local://([a-z0-9][a-z0-9-]{0,31})")
UNPLUG_SECONDS = 45  # until a guest that does not let go has not
KEPT_BYTES = 256 * 1024  # of consoles on hosts that a machine has left
WATCH_SECONDS = 2


class Networks:
    """Who is admitted where, in one file of each host: {cloud: {network's number: {network, leases by MAC}}}."""

    def __init__(self):
        self.lock = threading.Lock()

    @contextlib.contextmanager
    def of(self, host, changes=False):
        with self.lock:
            file = pathlib.Path("hosts") / host / "networks.json"
            content = json.loads(file.read_text()) if file.exists() else {}
            yield content
            if changes:
                file.parent.mkdir(mode=0o750, exist_ok=True)
                write(file, json.dumps(content).encode())

    @staticmethod
    def entry(content, cloud, network):
        return content.setdefault(cloud, {}).setdefault(str(network["id"]), {"network": network, "leases": {}})

    def address(self, host, cloud, mac):
        """What QEMU's own DHCP server is told, which has this one client."""
        with self.of(host) as content:
            for entry in content.get(cloud, {}).values():
                if mac in entry["leases"]:
                    network, address = entry["network"], entry["leases"][mac]
                    others = {address, network["gateway"]}
                    names = next(one for one in (network["last"], network["first"], "") if one not in others)
                    return dict({"net": network["subnet"], "host": network["gateway"], "dhcpstart": address},
                                **({"dns": names} if names else {}))
        return {}


class Driver:
    def __init__(self, accelerator):
        self.accelerator = accelerator

    def hello(self, protocol, state, images):
        self.state = pathlib.Path(state)
        for folder in ("hosts", "instances", "consoles"):
            (self.state / folder).mkdir(mode=0o750, exist_ok=True)
        os.chdir(self.state)
        self.images = Images(images, self.state / "instances")
        self.networks = Networks()
        self.guests, self.guests_lock = {}, threading.Lock()
        self.listening = {}
        said = subprocess.run([QEMU, "--version"], capture_output=True).stdout.decode()
        self.version = (re.search(r"version ([0-9.]+)", said) or [said, "0"])[1]
        threading.Thread(target=self.watch, daemon=True).start()
        return {"protocol": 1, "name": "qemu.py",
                "abilities": ["attach", "console", "migrate", "pause", "reboot", "save", "shutdown"]}

    def listeners(self, name):
        with self.guests_lock:
            return {number for listened, number in self.listening.values() if listened == name}

    def changed(self, name):
        for number in self.listeners(name):
            tell("changed", number)

    def killed(self, name, vm):
        for number in self.listeners(name):
            tell("ended", number, vm=vm, end="KILLED")

    def watch(self):
        """Guests that were there before this life of the driver are heard as well, and no console grows for ever."""
        while True:
            with self.guests_lock:
                names = {name for name, number in self.listening.values()}
            for name in names:
                for guest in self.all(name):
                    with contextlib.suppress(Failure, OSError):
                        if guest.pid() is not None:
                            guest.qmp()
                        guest.bound_log()
            time.sleep(WATCH_SECONDS)

    @staticmethod
    def name(host):
        match = URI.fullmatch(host["uri"])
        if not match:
            raise refused("URI '%s' is not local://NAME, NAME of at most 32 small letters, digits and hyphens" % host["uri"])
        return match[1]

    def guest(self, host, vm):
        if not UUID.fullmatch(vm):
            raise refused("'%s' is not a UUID" % vm)
        name = self.name(host)
        with self.guests_lock:
            if (name, vm) not in self.guests:
                self.guests[name, vm] = Guest(self, name, vm)
            return self.guests[name, vm]

    def all(self, name):
        files = pathlib.Path("hosts", name).glob("*-*.json")
        return [self.guest({"uri": "local://" + name}, file.stem) for file in files if UUID.fullmatch(file.stem)]

    def hypervisor_connect(self, host, connection):
        name = self.name(host)
        pathlib.Path("hosts", name).mkdir(mode=0o750, exist_ok=True)
        with self.guests_lock:
            self.listening[connection] = (name, host["id"])

    def hypervisor_close(self, host, connection):
        with self.guests_lock:
            self.listening.pop(connection, None)

    def hypervisor_report(self, host):
        cores = os.cpu_count()
        memory = dict(re.findall(r"(\w+): +(\d+) kB", pathlib.Path("/proc/meminfo").read_text()))
        disk = os.statvfs(self.state)
        idle = max(0, round(100 * (cores - os.getloadavg()[0])))
        return {
            "facts": {"hypervisor": "QEMU", "version": self.version, "arch": platform.machine(),
                      "store": ("qemu.py " + str(self.state))[-255:], "cores": cores},
            "total": {"cpu": 100 * cores, "memoryMib": int(memory["MemTotal"]) // 1024,
                      "diskMib": disk.f_blocks * disk.f_frsize // MIB},
            "free": {"cpu": idle, "memoryMib": int(memory["MemAvailable"]) // 1024,
                     "diskMib": disk.f_bavail * disk.f_frsize // MIB}}

    def hypervisor_domains(self, host):
        reports = [guest.report() for guest in self.all(self.name(host))]
        return [report for report in reports if report]

    def hypervisor_domain(self, host, vm):
        return self.guest(host, vm).report()

    def hypervisor_start(self, host, spec):
        guest = self.guest(host, spec["uuid"])
        with guest.lock:
            if not guest.ours(host):
                boot = spec["boot"]
                refuse_absent([boot[name] for name in ("kernel", "ramdisk") if name in boot])
                refuse_absent(disk["file"] for disk in boot["disks"])
                guest.launch(spec, placed(spec))

    def hypervisor_requestShutdown(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            if guest.ours(host):
                try:
                    guest.qmp().ask("system_powerdown")
                except (Failure, OSError):
                    if not guest.is_gone():
                        raise

    def hypervisor_destroy(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            if guest.ours(host):
                guest.end()
            if guest.pid() is None:
                guest.sweep()

    def hypervisor_reboot(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            guest.required(host, "reboot")
            guest.qmp().ask("system_reset")

    def hypervisor_pause(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            guest.required(host, "pause")
            guest.qmp().ask("stop")

    def hypervisor_unpause(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            guest.required(host, "unpause")
            guest.qmp().ask("cont")

    def hypervisor_save(self, host, vm, file):
        guest = self.guest(host, vm)
        with guest.lock:
            if guest.ours(host):
                part = pathlib.Path(file + ".part")
                guest.qmp().ask("stop")
                try:
                    with open(part, "wb") as memory:
                        guest.moves(memory.fileno(), "save")
                        os.fsync(memory)
                except BaseException:
                    part.unlink(missing_ok=True)
                    raise
                # The slots first: memory without them cannot be gone on from.
                write(pathlib.Path(file + ".devices"), json.dumps(guest.asked()["devices"]).encode())
                part.replace(file)
                guest.end()
                guest.sweep()
            elif not os.path.exists(file):
                raise refused("save: domain %s is not on host %s" % (vm, guest.host))

    def hypervisor_restore(self, host, spec, file):
        guest = self.guest(host, spec["uuid"])
        with guest.lock:
            if not guest.ours(host):
                refuse_absent([file, file + ".devices"])
                refuse_absent(disk["file"] for disk in spec["boot"]["disks"])
                before = json.loads(pathlib.Path(file + ".devices").read_text())
                with open(file, "rb") as memory:
                    guest.launch(spec, placed(spec, before), memory.fileno())
                self.arrive(guest, "restore")
            # Memory that has gone on must never be gone back to: its disks have moved on as well.
            self.hypervisor_dropMemory(host, file)

    def hypervisor_dropMemory(self, host, file):
        for left in (file, file + ".devices"):
            pathlib.Path(left).unlink(missing_ok=True)

    @staticmethod
    def arrive(guest, what):
        """Memory that comes in makes the guest go on, or ends its process."""
        try:
            until(lambda: guest.status() != "inmigrate", MOVE_SECONDS, what + ": its memory has not come")
            guest.qmp().ask("cont")
        except (Failure, OSError) as failure:
            guest.end()
            guest.sweep()
            raise failed("%s: the memory cannot be gone on from: %s" % (what, failure))

    def hypervisor_migrate(self, host, vm, target, live):
        guest, copy = self.guest(host, vm), self.guest(target, vm)
        if guest is copy:
            raise refused("migrate: host %s is where domain %s is" % (target["name"], vm))
        first, second = sorted((guest, copy), key=lambda one: one.host)
        with first.lock, second.lock:
            there, arrived = copy.ours(target), False
            if guest.ours(host):
                if there and guest.is_moving():  # by a call whose answer was lost
                    guest.await_moved("migrate")
                arrived = there and guest.status() == "postmigrate"
                if not arrived and guest.status() != "running":
                    raise refused("migrate: domain %s does not execute on host %s" % (vm, guest.host))
            elif not there:
                raise refused("migrate: domain %s is not on host %s" % (vm, guest.host))
            else:
                arrived = True
            if not arrived:
                self.send(guest, copy, live)
            self.arrive(copy, "migrate")
            guest.end()
            guest.sweep()

    @staticmethod
    def send(guest, copy, live):
        asked = guest.asked()
        copy.end()  # what is left of an attempt that was cut off
        here, there = socket.socketpair()
        try:
            with here, there:
                copy.launch(asked, asked["devices"], there.fileno())
                there.close()  # else the end of one would not be heard by the other
                if not live:
                    guest.qmp().ask("stop")
                guest.moves(here.fileno(), "migrate")
        except BaseException:
            copy.end()
            copy.sweep()
            raise

    def hypervisor_isMoving(self, host, vm):
        guest = self.guest(host, vm)
        return guest.ours(host) and guest.is_moving()

    def kept(self, vm):
        return pathlib.Path("consoles", vm + ".kept")

    def hypervisor_leave(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            if guest.ours(host):
                raise refused("leave: domain %s is on host %s" % (vm, guest.host))
            written, before = tail(guest.path(".log"), KEPT_BYTES), tail(self.kept(vm), KEPT_BYTES)
            if written and not before.endswith(written):  # else it was kept by a call whose answer was lost
                write(self.kept(vm), (before + written)[-KEPT_BYTES:])
            guest.path(".log").unlink(missing_ok=True)

    def hypervisor_resize(self, host, vm, vcpus, memoryMib):
        guest = self.guest(host, vm)
        guest.required(host, "resize")
        asked = guest.asked()
        if (vcpus, memoryMib) != (asked["vcpus"], asked["memoryMib"]):
            raise refused("resize: a domain keeps its %d processors and %d MiB here" % (asked["vcpus"], asked["memoryMib"]))

    def hypervisor_devices(self, host, vm):
        guest = self.guest(host, vm)
        guest.required(host, "devices")
        devices = guest.asked()["devices"]
        return {"disks": [one["file"] for one in devices if "file" in one],
                "macs": [one["mac"] for one in devices if "mac" in one]}

    def attach(self, host, vm, device):
        guest = self.guest(host, vm)
        with guest.lock:
            guest.required(host, "attach")
            devices = guest.asked()["devices"]
            if key(device) in map(key, devices):
                return
            device = dict(device, slot=free_slot(devices))
            refuse_absent([device["file"]] if "file" in device else [])
            backend, front = parts(guest, device)
            self.unplug_half(guest, device)
            if "file" in device:
                guest.qmp().ask("blockdev-add", **backend)
            else:
                guest.qmp().ask("netdev_add", **backend)
            try:
                guest.qmp().ask("device_add", **front)
            except Failure:
                self.unplug_half(guest, device)
                raise
            guest.remember(devices + [device])

    @staticmethod
    def unplug_half(guest, device):
        """What the host has of a device that the guest has not, be it from an attempt that was cut off."""
        name = "slot%d" % device["slot"]
        with contextlib.suppress(Failure):
            if "file" in device:
                guest.qmp().ask("blockdev-del", node_name=name)
            else:
                guest.qmp().ask("netdev_del", id=name)

    def detach(self, host, vm, device):
        guest = self.guest(host, vm)
        with guest.lock:
            guest.required(host, "detach")
            devices = guest.asked()["devices"]
            for known in [one for one in devices if key(one) == key(device)]:
                name = "device-slot%d" % known["slot"]
                guest.gone_devices.discard(name)
                try:
                    guest.qmp().ask("device_del", id=name)
                    until(lambda: name in guest.gone_devices, UNPLUG_SECONDS, "detach: the guest has not let go")
                except Failure as failure:
                    if "not found" not in str(failure):
                        raise
                self.unplug_half(guest, known)
                guest.remember([one for one in devices if one is not known])

    def hypervisor_attachDisk(self, host, vm, disk):
        self.attach(host, vm, disk)

    def hypervisor_detachDisk(self, host, vm, disk):
        self.detach(host, vm, disk)

    def hypervisor_attachCard(self, host, vm, nic):
        self.attach(host, vm, {"mac": nic["mac"]})

    def hypervisor_detachCard(self, host, vm, nic):
        self.detach(host, vm, {"mac": nic["mac"]})

    def hypervisor_usages(self, host):
        usages = []
        for guest in self.all(self.name(host)):
            asked, pid = guest.asked(), guest.pid()
            if asked is None or pid is None or asked["cloud"] != host["cloud"]:
                continue
            try:
                fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
                disks = [one["stats"] for one in guest.qmp().ask("query-blockstats")]
            except (Failure, OSError):
                if guest.is_gone():
                    continue
                raise
            usages.append({
                "vm": guest.vm, "vcpus": asked["vcpus"], "memoryMib": asked["memoryMib"],
                "cpuNanos": (int(fields[11]) + int(fields[12])) * 1_000_000_000 // os.sysconf("SC_CLK_TCK"),
                "diskReadBytes": sum(one["rd_bytes"] for one in disks),
                "diskWrittenBytes": sum(one["wr_bytes"] for one in disks),
                "networkReceivedBytes": 0, "networkSentBytes": 0})
        return usages

    def hypervisor_console(self, host, vm, maxBytes):
        text = tail(self.kept(vm), maxBytes) + tail(self.guest(host, vm).path(".log"), maxBytes)
        return base64.b64encode(text[-maxBytes:]).decode()

    def hypervisor_logsConsole(self, host, vm):
        return self.guest(host, vm).path(".log").exists()

    def hypervisor_forget(self, host, vm):
        guest = self.guest(host, vm)
        with guest.lock:
            if guest.ours(host):
                raise refused("forget: domain %s is on host %s" % (vm, guest.host))
            guest.path(".log").unlink(missing_ok=True)
            guest.sweep()
        self.driver_forget(vm)
        with self.guests_lock:
            self.guests.pop((guest.host, vm), None)

    def driver_forget(self, vm):
        if UUID.fullmatch(vm):
            self.kept(vm).unlink(missing_ok=True)

    def images_examine(self, image):
        return self.images.facts(image)

    def images_prepare(self, host, plan):
        return self.images.prepare(host, plan)

    def images_adopt(self, host, vm):
        self.images.adopt(host, vm)

    def images_memoryFile(self, host, vm):
        return str(self.images.folder(vm) / "memory")

    def images_discard(self, host, vm):
        self.images.discard(host, vm)

    def images_present(self, host):
        return self.images.present(host)

    def networks_servesDhcp(self, host):
        return True

    def networks_ensure(self, host, network):
        with self.networks.of(self.name(host), changes=True) as content:
            self.networks.entry(content, host["cloud"], network)["network"] = network

    def networks_admit(self, host, network, lease):
        with self.networks.of(self.name(host), changes=True) as content:
            self.networks.entry(content, host["cloud"], network)["leases"][lease["mac"]] = lease["address"]

    def networks_withdraw(self, host, network, lease):
        with self.networks.of(self.name(host), changes=True) as content:
            leases = self.networks.entry(content, host["cloud"], network)["leases"]
            if leases.get(lease["mac"]) == lease["address"]:
                del leases[lease["mac"]]

    def networks_admitted(self, host, network):
        with self.networks.of(self.name(host)) as content:
            return list(self.networks.entry(content, host["cloud"], network)["leases"])


if __name__ == "__main__":
    accelerator = "".join(sys.argv[1:]) or "tcg"
    if accelerator not in ("tcg", "kvm"):
        sys.exit("usage: qemu.py [tcg|kvm]")
    serve(Driver(accelerator))
