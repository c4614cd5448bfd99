#!/usr/bin/python3
"""A driver that answers as the page does that it is given, and refuses what the page does not ask."""
import json
import re
import sys

page = open(sys.argv[1]).read()
records = dict(re.findall(r"^### ([A-Z]+)\n    (.*)$", page, re.M))


def read(text):
    """What a line says, with records in place of their names."""
    while True:
        full = re.sub(r"(?<=[ \[])([A-Z]{3,})(?=[,}\]])", lambda name: records[name[1]], text)
        if full == text:
            return json.loads(text)
        text = full


said = re.findall(r"^    > (.*)\n    < (.*)$", page, re.M)
pairs = {read(asked)["method"]: (read(asked), read(answer)) for asked, answer in said}

for line in sys.stdin:
    request = json.loads(line)
    asked, answer = pairs.get(request["method"], ({}, {}))
    places = asked.get("params", {}) if request["method"] == "hello" else {}
    request["params"].update({name: places[name] for name in ("state", "images") if name in places})
    if dict(asked, id=request["id"]) == request:
        answer = dict(answer, id=request["id"])
    else:
        message = "%s is asked, and the page has %s" % (json.dumps(request), json.dumps(asked))
        answer = {"id": request["id"], "error": {"failure": "REFUSED", "message": message}}
    print(json.dumps(answer), flush=True)
