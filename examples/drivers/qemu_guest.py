"""One machine on one host: its QEMU process, which is spoken to by QMP."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

from qemu_files import MIB, tail, until, write
from xenith_driver import Failure, failed, refused

QEMU = "qemu-system-x86_64"

ANSWER_SECONDS = 30  # of QMP
START_SECONDS = 110  # of QEMU, until it has opened everything and answers
MOVE_SECONDS = 600  # of memory, to a file or another host
QUIT_SECONDS = 5  # until a process that was asked to go is killed
TRANSLATED_CODE_MIB = 64  # QEMU's own default takes several hundred for a guest
MAX_LOG_BYTES = 1 * MIB  # of a console; then the older half goes
FIRST_SLOT, LAST_SLOT = 3, 31  # of a PCI bus whose first are the board's own

STATES = {"running": "RUNNING", "shutdown": "SHUTTING_DOWN", "internal-error": "CRASHED", "guest-panicked": "CRASHED",
          "io-error": "CRASHED"}  # all others are kinds of standing still


class Qmp:
    """A connection to one QEMU's monitor. Events come as they happen, between the answers."""

    def __init__(self, path, on_event, on_end):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(ANSWER_SECONDS)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")
        self.file.readline()  # the greeting
        self.on_event, self.on_end = on_event, on_end
        self.condition = threading.Condition()
        self.asking = threading.Lock()
        self.answer = None
        self.open = True
        self.socket.sendall(b'{"execute": "qmp_capabilities"}\n')
        self.file.readline()
        self.socket.settimeout(None)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with contextlib.suppress(OSError, ValueError):
            for line in self.file:
                message = json.loads(line)
                if "event" in message:
                    self.on_event(message["event"], message.get("data", {}))
                else:
                    with self.condition:
                        self.answer = message
                        self.condition.notify_all()
        with self.condition:
            self.open = False
            self.condition.notify_all()
        self.on_end()

    def ask(self, command, descriptor=None, **arguments):
        """
        Answers are in the order of questions, so there is one at a time. An open file's descriptor goes with its
        question.
        """
        with self.asking, self.condition:
            if not self.open:
                raise failed("%s: QEMU has ended" % command)
            self.answer = None
            question = {"execute": command, "arguments": {name.replace("_", "-"): arguments[name] for name in arguments}}
            line = json.dumps(question).encode() + b"\n"
            try:
                if descriptor is None:
                    self.socket.sendall(line)
                else:
                    socket.send_fds(self.socket, [line], [descriptor])
            except OSError as error:
                raise failed("%s: %s" % (command, error))
            if not self.condition.wait_for(lambda: self.answer or not self.open, ANSWER_SECONDS):
                self.socket.shutdown(socket.SHUT_RDWR)  # else its answer would be taken for the next one's
                raise Failure("UNKNOWN", "%s: QEMU has not answered within %d s" % (command, ANSWER_SECONDS))
            if self.answer is None:
                if command == "quit":
                    return None
                raise Failure("UNKNOWN", "%s: QEMU has ended meanwhile" % command)
            if "error" in self.answer:
                raise failed("%s: %s" % (command, self.answer["error"]["desc"]))
            return self.answer["return"]


class Guest:
    """One machine on one host. Whoever changes it holds its lock."""

    def __init__(self, driver, host, vm):
        self.driver, self.host, self.vm = driver, host, vm
        # Relative to the state directory, in which the driver and QEMU run: a socket's path has at most 107 bytes.
        self.base = pathlib.Path("hosts") / host / vm
        self.lock = threading.RLock()
        self.connecting = threading.Lock()
        self.monitor = None
        self.leaving = True  # whether its end would be no surprise
        self.gone_devices = set()

    def path(self, suffix):
        return self.base.with_name(self.vm + suffix)

    def asked(self):
        try:
            return json.loads(self.path(".json").read_text())
        except FileNotFoundError:
            return None

    def pid(self):
        """Of its process, if that lives: numbers are given again, so it must have the machine's own name in it."""
        try:
            pid = int(self.path(".pid").read_text())
            words = pathlib.Path("/proc/%d/cmdline" % pid).read_bytes()
            return pid if str(self.path(".qmp")).encode() in words else None
        except (OSError, ValueError):
            return None

    def is_gone(self):
        """Asked when its monitor does not answer: the process of one that ends goes soon."""
        with contextlib.suppress(Failure):
            until(lambda: self.pid() is None, QUIT_SECONDS, "it has not gone")
            return True
        return False

    def alive(self):
        return self.pid() is not None and self.asked() is not None

    def qmp(self):
        with self.connecting:
            if self.monitor is None or not self.monitor.open:
                self.leaving = False
                self.monitor = Qmp(self.path(".qmp"), self._event, self._ended)
            return self.monitor

    def _event(self, event, data):
        if event == "SHUTDOWN":
            self.leaving = True
        if event == "DEVICE_DELETED" and "device" in data:
            self.gone_devices.add(data["device"])
        if event in ("SHUTDOWN", "STOP", "RESUME", "RESET", "GUEST_PANICKED"):
            self.driver.changed(self.host)

    def _ended(self):
        if self.is_gone() and not self.leaving:
            self.driver.killed(self.host, self.vm)
        self.driver.changed(self.host)

    def status(self):
        return self.qmp().ask("query-status")["status"]

    def report(self):
        """None when it is not there; one whose process goes while it is asked is not there."""
        asked = self.asked()
        if asked is None or self.pid() is None:
            return None
        try:
            state = STATES.get(self.status(), "PAUSED")
        except (Failure, OSError):
            if self.is_gone():
                return None
            raise
        return {"uuid": self.vm, "name": asked["name"], "state": state, "cloud": asked["cloud"],
                "operation": asked["operation"]}

    def ours(self, host):
        """Whether it is there. Refuses to touch another cloud's."""
        if not self.alive():
            return False
        if self.asked()["cloud"] != host["cloud"]:
            raise refused("domain %s on host %s is another cloud's" % (self.vm, self.host))
        return True

    def required(self, host, what):
        if not self.ours(host):
            raise refused("%s: domain %s is not on host %s" % (what, self.vm, self.host))

    def launch(self, spec, devices, memory=None):
        """Returns when QEMU answers; what does not come to be leaves nothing. An open file may bring its memory."""
        write(self.path(".json"), json.dumps(dict(spec, devices=devices)).encode())
        for left in (".pid", ".qmp"):
            self.path(left).unlink(missing_ok=True)
        try:
            words = command(self, spec, devices) + ([] if memory is None else ["-incoming", "fd:%d" % memory])
            done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                  pass_fds=[] if memory is None else [memory], timeout=START_SECONDS)
            if done.returncode != 0:
                raise failed("QEMU: " + done.stderr.decode(errors="replace").strip()[-500:])
            self.qmp()
        except BaseException:
            self.end()
            self.sweep()
            raise
        self.driver.changed(self.host)

    def end(self):
        """However it is. Returns when its process is gone."""
        self.leaving = True
        pid = self.pid()
        if pid is None:
            return
        with contextlib.suppress(Failure, OSError):
            self.qmp()
            self.leaving = True
            self.monitor.ask("quit")
        try:
            until(lambda: self.pid() != pid, QUIT_SECONDS, "it has not quit")
        except Failure:
            os.kill(pid, signal.SIGKILL)
            until(lambda: self.pid() != pid, ANSWER_SECONDS, "process %d was not killed" % pid)

    def sweep(self):
        """Removes what an ended machine has but its console."""
        for suffix in (".json", ".json.part", ".pid", ".qmp"):
            self.path(suffix).unlink(missing_ok=True)

    def remember(self, devices):
        write(self.path(".json"), json.dumps(dict(self.asked(), devices=devices)).encode())

    def moves(self, memory, what):
        """Sends the memory into an open file. Returns when all of it is there; else the guest goes on."""
        monitor = self.qmp()
        monitor.ask("migrate-set-parameters", max_bandwidth=1 << 40)
        monitor.ask("getfd", descriptor=memory, fdname="memory")
        monitor.ask("migrate", uri="fd:memory")
        self.await_moved(what)

    def is_moving(self):
        status = self.qmp().ask("query-migrate").get("status", "none")
        return status not in ("none", "completed", "failed", "cancelled")

    def await_moved(self, what):
        monitor = self.qmp()
        end = time.monotonic() + MOVE_SECONDS
        while True:
            status = monitor.ask("query-migrate")
            if status["status"] == "completed":
                return
            if status["status"] in ("failed", "cancelled"):
                monitor.ask("cont")
                raise failed("%s: %s" % (what, status.get("error-desc", status["status"])))
            if time.monotonic() > end:
                monitor.ask("migrate-cancel")
            time.sleep(0.1)

    def bound_log(self):
        """QEMU writes at the end, wherever that is, so the file may be cut."""
        log = self.path(".log")
        with contextlib.suppress(FileNotFoundError):
            if log.stat().st_size > MAX_LOG_BYTES:
                with open(log, "r+b") as file:
                    kept = tail(log, MAX_LOG_BYTES // 2)
                    file.truncate(0)
                    file.write(kept)


def command(guest, spec, devices):
    boot = spec["boot"]
    accelerator = guest.driver.accelerator
    if accelerator == "tcg":
        accelerator = "tcg,tb-size=%d" % TRANSLATED_CODE_MIB
    words = [QEMU, "-name", spec["name"], "-uuid", spec["uuid"], "-machine", "pc,usb=off,graphics=off", "-accel", accelerator,
             "-m", "%dM" % spec["memoryMib"], "-smp", str(spec["vcpus"]), "-nodefaults", "-no-user-config",
             "-display", "none", "-daemonize", "-pidfile", str(guest.path(".pid")),
             "-qmp", "unix:%s,server=on,wait=off" % guest.path(".qmp"),
             "-chardev", "file,id=console,path=%s,append=on" % guest.path(".log"), "-serial", "chardev:console"]
    if accelerator == "kvm":
        words += ["-cpu", "host"]
    if "kernel" in boot:
        root = "root=/dev/vda" if boot["disks"] and not boot["disks"][0]["readOnly"] else ""
        arguments = ["console=ttyS0", root, boot["kernelArguments"]]
        words += ["-kernel", boot["kernel"], "-append", " ".join(word for word in arguments if word)]
        if "ramdisk" in boot:
            words += ["-initrd", boot["ramdisk"]]
    for device in devices:
        backend, front = parts(guest, device)
        words += (["-blockdev", json.dumps(backend)] if "file" in device else ["-netdev", json.dumps(backend)])
        words += ["-device", json.dumps(front)]
    return words


def parts(guest, device):
    """Of a disk or a card, what the host sees of it and what the guest does."""
    name, slot = "slot%d" % device["slot"], "%#x" % device["slot"]
    if "file" in device:
        backend = {"driver": device["format"].lower(), "node-name": name, "read-only": device["readOnly"],
                   "file": {"driver": "file", "filename": device["file"]}}
        return backend, {"driver": "virtio-blk-pci", "drive": name, "id": "device-" + name, "addr": slot}
    backend = {"type": "user", "id": name, "restrict": True}
    backend.update(guest.driver.networks.address(guest.host, guest.asked()["cloud"], device["mac"]))
    return backend, {"driver": "virtio-net-pci", "netdev": name, "mac": device["mac"], "id": "device-" + name,
                     "addr": slot, "romfile": ""}


def key(device):
    return device.get("file") or device["mac"]


def placed(spec, before=()):
    """The disks and cards with their slots: as they were before, where saved memory knows them by these."""
    known = {key(device): device["slot"] for device in before}
    devices = []
    for device in spec["boot"]["disks"] + [{"mac": nic["mac"]} for nic in spec["nics"]]:
        slot = known.get(key(device)) or free_slot([*devices, *before])
        devices.append(dict(device, slot=slot))
    return devices


def free_slot(devices):
    taken = {device["slot"] for device in devices}
    for slot in range(FIRST_SLOT, LAST_SLOT + 1):
        if slot not in taken:
            return slot
    raise refused("attach: no slot is left for another disk or card")
