"""Images and machines' own disks."""
import base64
import json
import pathlib
import struct
import subprocess
import threading

from qemu_files import MIB, UUID, write
from xenith_driver import failed, refused


class Images:
    """The store's images, and beside them each machine's own disks, in a folder that says whose they are."""

    def __init__(self, store, instances):
        self.store, self.instances = pathlib.Path(store).resolve(), instances
        self.lock = threading.Lock()

    def find(self, image):
        location = image["location"]

        def wrong(why):
            return refused("image location '%s' %s" % (location, why))

        if "://" in location:
            raise wrong("is not a path in the image store, and this driver fetches nothing")
        if location.startswith("/"):
            raise wrong("is not relative to the image store")
        if any(part == "" or part.startswith(".") for part in location.split("/")):
            raise wrong("has a part that is empty or begins with a dot")
        file = (self.store / location).resolve()
        if self.store not in file.parents:
            raise wrong("leads out of the image store by a link")
        if not file.exists():
            raise wrong("is not in the image store")
        if not file.is_file() or file.stat().st_size == 0:
            raise wrong("is not a file with something in it")
        return file

    def facts(self, image):
        """A qcow2 file may name others, which guests would then read."""
        file = self.find(image)
        size = file.stat().st_size
        with open(file, "rb") as stream:
            header = stream.read(104)
        format, virtual = "RAW", size
        if header[:4] == b"QFI\xfb":
            if len(header) < 72:
                raise refused("image location '%s' is cut short" % image["location"])
            version, backing = struct.unpack(">IQ", header[4:16])
            if backing != 0:
                raise refused("image location '%s' has a backing file" % image["location"])
            if version >= 3 and struct.unpack(">Q", header[72:80].ljust(8, b"\0"))[0] & 4:
                raise refused("image location '%s' has an external data file" % image["location"])
            if image["kind"] == "MACHINE":
                format, virtual = "QCOW2", struct.unpack(">Q", header[24:32])[0]
        elif image["format"] == "QCOW2" and image["kind"] == "MACHINE":
            raise refused("image location '%s' is said to be qcow2 and is not" % image["location"])
        return {"format": format, "sizeBytes": size, "virtualSizeBytes": virtual}

    def folder(self, vm):
        if not UUID.fullmatch(vm):
            raise refused("'%s' is not a UUID" % vm)
        return self.instances / vm

    def owner(self, vm):
        try:
            return (self.folder(vm) / "owner").read_text().split()
        except FileNotFoundError:
            return None

    def prepare(self, host, plan):
        mine = [host["cloud"], str(host["id"])]
        folder = self.folder(plan["vm"])
        with self.lock:
            if (self.owner(plan["vm"]) or mine) != mine:
                raise refused("%s is another host's, or another cloud's" % plan["vm"])
            folder.mkdir(mode=0o750, exist_ok=True)
            write(folder / "owner", " ".join(mine).encode())
        disks = []
        if "disk" in plan:
            self.clone(folder / "disk.qcow2", plan["disk"], plan["diskMib"])
            disks.append({"file": str(folder / "disk.qcow2"), "format": "QCOW2", "readOnly": False})
        write(folder / "seed.img", seed(plan["context"], plan["cards"]))
        disks.append({"file": str(folder / "seed.img"), "format": "RAW", "readOnly": True})
        files = {name: str(self.find(plan[name])) for name in ("kernel", "ramdisk") if name in plan}
        return dict(files, kernelArguments=plan["kernelArguments"], disks=disks)

    def clone(self, file, image, disk_mib):
        base, facts = self.find(image), self.facts(image)
        if facts["format"] != image["format"]:
            raise refused("image location '%s' is no longer %s" % (image["location"], image["format"]))
        if file.exists():
            return
        part = file.with_name("disk.part")
        size = max(facts["virtualSizeBytes"], disk_mib * MIB)
        done = subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", facts["format"].lower(), "-b", str(base),
                               str(part), str(size)], stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode != 0:
            part.unlink(missing_ok=True)
            raise failed("qemu-img: " + done.stderr.decode(errors="replace").strip()[-500:])
        part.replace(file)

    def adopt(self, host, vm):
        with self.lock:
            owner = self.owner(vm)
            if owner and owner[0] != host["cloud"]:
                raise refused("%s is another cloud's" % vm)
            if owner:
                write(self.folder(vm) / "owner", ("%s %d" % (host["cloud"], host["id"])).encode())

    def discard(self, host, vm):
        with self.lock:
            folder = self.folder(vm)
            if self.owner(vm) != [host["cloud"], str(host["id"])]:
                return
            for file in sorted(folder.iterdir(), key=lambda one: one.name == "owner"):  # its owner's name last
                file.unlink()
            folder.rmdir()

    def present(self, host):
        mine = [host["cloud"], str(host["id"])]
        return [one.name for one in self.instances.iterdir() if UUID.fullmatch(one.name) and self.owner(one.name) == mine]


def quoted(text):
    """YAML's double-quoted style is JSON's."""
    return json.dumps(text.strip())


def seed(context, cards):
    """A disk in the format of cloud-init's NoCloud."""
    about = "instance-id: %s\nlocal-hostname: %s\n" % (quoted(context["instanceId"]), quoted(context["hostname"]))
    if context["publicKeys"]:
        about += "public-keys:\n" + "".join("  - %s\n" % quoted(line) for line in context["publicKeys"])
    files = {"meta-data": about.encode(), "user-data": base64.b64decode(context["userData"])}
    if cards:
        text = "version: 2\nethernets:\n"
        for number, card in enumerate(cards):
            address = card["address"] + "/" + card["subnet"].split("/")[1]
            text += "  card%d:\n    match:\n      macaddress: %s\n" % (number, quoted(card["mac"]))
            text += "    addresses:\n      - %s\n" % quoted(address)
            if number == 0:
                text += '    routes:\n      - to: "0.0.0.0/0"\n        via: %s\n' % quoted(card["gateway"])
        files["network-config"] = text.encode()
    return fat_disk("CIDATA", files)


def fat_disk(label, files):
    """A FAT12 disk of a few files with long names: boot sector, two tables, the root's 64 entries, clusters of 512."""
    def sectors(content):
        return -(-len(content) // 512)

    clusters = max(64, sum(sectors(content) for content in files.values()))
    table_sectors = ((clusters + 2) * 3 // 2 + 512) // 512
    total = 1 + 2 * table_sectors + 4 + clusters
    boot = struct.pack("<3s8sHBHBHHBHHHIIBBBI11s8s", b"\xeb\x3c\x90", b"XENITH  ", 512, 1, 1, 2, 64, total, 0xF8,
                       table_sectors, 32, 2, 0, 0, 0x80, 0, 0x29, 0, label.ljust(11).encode(), b"FAT12   ")
    links, root, data = [0xFF8, 0xFFF], struct.pack("<11sB20x", label.ljust(11).encode(), 8), b""
    for number, (name, content) in enumerate(files.items()):
        short = b"FILE%04d   " % number
        checksum = 0
        for byte in short:
            checksum = ((checksum & 1) << 7) + (checksum >> 1) + byte & 255
        pieces = [name[at:at + 13] for at in range(0, len(name), 13)]
        for piece in range(len(pieces), 0, -1):
            text = pieces[piece - 1] + ("\0" if len(pieces[piece - 1]) < 13 else "")
            text = text.encode("utf-16-le").ljust(26, b"\xff")
            order = piece | (0x40 if piece == len(pieces) else 0)
            root += struct.pack("<B10sBBB12sH4s", order, text[:10], 15, 0, checksum, text[10:22], 0, text[22:])
        root += struct.pack("<11sB8xHHHHI", short, 0, 0x21, 0, 0x21, len(links) if content else 0, len(content))
        count = sectors(content)
        links += [len(links) + at + 1 for at in range(count - 1)] + ([0xFFF] if count else [])
        data += content.ljust(count * 512, b"\0")
    table = bytearray(table_sectors * 512)
    for number, link in enumerate(links):  # twelve bits each, the lower first
        at = number * 3 // 2
        link = link << 4 if number % 2 else link
        table[at] |= link & 255
        table[at + 1] |= link >> 8
    disk = boot.ljust(510, b"\0") + b"\x55\xaa" + bytes(table) * 2 + root.ljust(64 * 32, b"\0") + data
    return disk.ljust(total * 512, b"\0")
