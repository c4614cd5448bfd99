#!/usr/bin/python3
"""A driver whose machines are only remembered, to begin with: every method is here that a driver must have."""
import json
import sys

domains = {}


def call(method, host, vm=None, spec=None, plan=None, image=None, **params):
    if method == "hello":
        return {"protocol": 1, "name": "minimal", "abilities": []}
    if method == "hypervisor.report":
        room = {"cpu": 400, "memoryMib": 4096, "diskMib": 65536}
        facts = {"hypervisor": "minimal", "version": "1", "arch": "x86_64", "store": "here", "cores": 4}
        return {"facts": facts, "total": room, "free": room}
    if method == "hypervisor.start":
        domains.setdefault(spec["uuid"], dict(spec, state="RUNNING"))
    if method == "hypervisor.destroy":
        domains.pop(vm, None)
    if method == "images.examine":
        return {"format": image["format"], "sizeBytes": 1, "virtualSizeBytes": 1}
    if method == "images.prepare":
        return {"kernelArguments": plan["kernelArguments"], "disks": []}
    ours = [domain for domain in domains.values() if domain["cloud"] == (host or {}).get("cloud")]
    usage = {"cpuNanos": 0, "diskReadBytes": 0, "diskWrittenBytes": 0, "networkReceivedBytes": 0, "networkSentBytes": 0}
    usages = [dict(usage, vm=one["uuid"], memoryMib=one["memoryMib"], vcpus=one["vcpus"]) for one in ours]
    return {"hypervisor.domains": list(domains.values()), "hypervisor.domain": domains.get(vm),
            "hypervisor.usages": usages, "images.present": [], "images.memoryFile": "/nowhere/%s" % vm,
            "networks.servesDhcp": True, "networks.admitted": []}.get(method)


for line in sys.stdin:
    asked = json.loads(line)
    result = call(asked["method"], asked.get("host"), **asked["params"])
    print(json.dumps({"id": asked["id"], "result": result}), flush=True)
