#!/usr/bin/python3
"""A driver that does wrong what its host's name, or its argument, says."""
import json
import os
import signal
import sys
import time

fault = sys.argv[1] if len(sys.argv) > 1 else ""
with open("starts", "a") as starts:
    starts.write("%d\n" % os.getpid())


def send(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def answer(request, result):
    send(json.dumps({"id": request["id"], "result": result}))


def report():
    room = {"cpu": 100, "memoryMib": 1024, "diskMib": 1024}
    facts = {"hypervisor": "pid %d" % os.getpid(), "version": "1", "arch": "x86_64", "store": "", "cores": 1}
    return {"facts": facts, "total": room, "free": room, "of a later protocol": 1}


if fault == "ends at once":
    sys.exit(7)
if fault == "ignores everything":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

late = []
for line in sys.stdin:
    request = json.loads(line)
    method, name = request["method"], request.get("host", {}).get("name", "")
    if method == "hello":
        if fault == "says nothing":
            continue
        protocol = 99 if fault == "speaks another protocol" else 1
        answer(request, {"protocol": protocol, "name": "scripted", "abilities": ["pause", "console", "to fly"]})
        if fault == "reads nothing":
            time.sleep(60)
    elif method != "hypervisor.report" or name == "good":
        answer(request, report() if method == "hypervisor.report" else None)
    elif name == "dies":
        sys.exit(3)
    elif name == "hangs":
        pass
    elif name == "is late":
        late.append(request)
        if len(late) == 2:
            answer(late[0], dict(report(), total=None))
            answer(late[1], report())
    elif name == "debugs":
        send("here I am")
        send("[1, 2]")
        send('{"id": 4711, "result": "nobody asked"}')
        send('{"event": "surprise", "host": 1}')
        answer(request, report())
    elif name == "babbles":
        send('{"id": %d, "result": oops' % request["id"])
    elif name == "repeats":
        send('{"id": %d, "id": 1, "result": {}}' % request["id"])
    elif name == "is not UTF-8":
        sys.stdout.buffer.write(b'{"id": %d, "result": "\xff"}\n' % request["id"])
        sys.stdout.buffer.flush()
    elif name == "never stops":
        send('{"id": %d, "result": "%s"}' % (request["id"], "x" * 200_000))
    elif name == "nests":
        send('{"id": %d, "result": %s}' % (request["id"], "[" * 40_000 + "]" * 40_000))
    elif name == "forgets":
        broken = report()
        del broken["total"]["cpu"]
        answer(request, broken)
    elif name == "exaggerates":
        broken = report()
        broken["facts"] = dict(broken["facts"], cores=-1)
        answer(request, broken)
    elif name == "says neither":
        send('{"id": %d}' % request["id"])
    elif name == "fails oddly":
        send('{"id": %d, "error": {"failure": "OOPS", "message": "x"}}' % request["id"])
    elif name == "refuses":
        send('{"id": %d, "error": {"failure": "REFUSED", "message": "not\\nhere"}}' % request["id"])
    elif name == "chatters":
        for number in range(5_000):
            print("chatter", number, file=sys.stderr)
        sys.stderr.flush()
        answer(request, report())
    elif name == "tells":
        send('{"event": "ended", "host": %d, "vm": "00000000-0000-0000-0000-000000000001", "end": "KILLED"}'
             % request["host"]["id"])
        answer(request, report())

if fault == "ignores everything":
    time.sleep(60)
