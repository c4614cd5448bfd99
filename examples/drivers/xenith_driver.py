"""The protocol's side of a driver in Python: lines in, lines out, a thread for each call.

serve(driver) calls driver.hello(params) first, then for a request "hypervisor.start" the method
driver.hypervisor_start(host, **params). What it returns is the result; a Failure becomes the error. Needs Python 3.9
and nothing else. docs/reference/driver-protocol.md says what is asked.
"""
import concurrent.futures
import json
import os
import sys
import threading
import traceback

MAX_CALLS = 64  # at once; others wait in a queue, which the gateway bounds

_output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
_writing = threading.Lock()
sys.stdout = sys.stderr  # whoever prints means the log, and would spoil an answer


class Failure(Exception):
    """REFUSED, FAILED, UNREACHABLE or UNKNOWN, and words for people."""

    def __init__(self, failure, message):
        super().__init__(message)
        self.failure = failure


def refused(message):
    return Failure("REFUSED", message)


def failed(message):
    return Failure("FAILED", message)


def send(message):
    line = json.dumps(message).encode() + b"\n"
    with _writing:
        _output.write(line)
        _output.flush()


def tell(event, host, **more):
    """Something has happened on the host of that number: changed, ended or lost."""
    send({"event": event, "host": host, **more})


def _answer(driver, request):
    answer = {"id": request["id"]}
    try:
        method = getattr(driver, request["method"].replace(".", "_"), None)
        if method is None:
            raise refused(request["method"] + " is not known here")
        of_host = [request["host"]] if "host" in request else []
        answer["result"] = method(*of_host, **request["params"])
    except Failure as failure:
        answer["error"] = {"failure": failure.failure, "message": str(failure)}
    except OSError as error:
        answer["error"] = {"failure": "FAILED", "message": "%s: %s" % (request["method"], error)}
    except Exception as error:  # a mistake of the driver's own: it may have done half of it
        traceback.print_exc()
        answer["error"] = {"failure": "UNKNOWN", "message": "%s: %r" % (request["method"], error)}
    send(answer)


def serve(driver):
    """Returns never: when the gateway closes standard input, the process ends, and what it has started stays."""
    with concurrent.futures.ThreadPoolExecutor(MAX_CALLS) as threads:
        for line in sys.stdin.buffer:
            request = json.loads(line)
            if request["method"] == "hello":
                send({"id": request["id"], "result": driver.hello(**request["params"])})
            else:
                threads.submit(_answer, driver, request)
        os._exit(0)
