"""Small things that the parts of qemu.py share."""
import os
import re
import time

from xenith_driver import failed, refused

MIB = 1 << 20
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def write(path, content):
    """The whole file or none of it."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def tail(path, most):
    try:
        with open(path, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - most))
            return file.read(most)
    except FileNotFoundError:
        return b""


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise failed("%s within %d s" % (what, seconds))
        time.sleep(0.05)


def refuse_absent(files):
    for file in files:
        if not os.path.exists(file):
            raise refused("file %s is not there" % file)
