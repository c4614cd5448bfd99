"""The whole EC2 session by boto 2, which speaks an API version of 2014."""
import os
import sys
import time
import urllib.parse
import uuid

# Python 3.12 and later lack what boto 2 brings along as vendored modules; Debian 12's Python has it.
import boto
from boto.ec2.connection import EC2Connection
from boto.ec2.regioninfo import RegionInfo
from boto.exception import EC2ResponseError

url = urllib.parse.urlparse(os.environ["EC2_URL"])
ec2 = EC2Connection(os.environ["EC2_ACCESS_KEY"], os.environ["EC2_SECRET_KEY"], is_secure=False, host=url.hostname,
                    port=url.port, path=url.path or "/", region=RegionInfo(name="xenith", endpoint=url.hostname))
# boto 2 reads both out of Amazon's host names, and makes nonsense of an address.
ec2.auth_region_name = os.environ["AWS_DEFAULT_REGION"]
ec2.auth_service_name = "ec2"


def await_state(instance, state):
    deadline = time.monotonic() + 60
    while instance.update() != state:
        assert time.monotonic() < deadline, instance.state
        time.sleep(0.2)


assert [zone.name for zone in ec2.get_all_zones()]
assert ec2.get_all_regions()
image = [image for image in ec2.get_all_images() if image.type == "machine"][0]
key = ec2.create_key_pair("boto")
assert "PRIVATE KEY" in key.material
nonce = str(uuid.uuid4())
reservation = ec2.run_instances(image.id, key_name="boto", user_data=nonce, instance_type="m1.small")
instance = reservation.instances[0]
await_state(instance, "running")
assert instance.private_ip_address
deadline = time.monotonic() + 60
while nonce.encode() not in (instance.get_console_output().output or b""):
    assert time.monotonic() < deadline, "the console does not show the user data"
    time.sleep(0.2)
instance.add_tag("by", "boto")
assert ec2.get_all_tags(filters={"resource-id": instance.id})[0].value == "boto"
instance.reboot()
instance.stop()
await_state(instance, "stopped")
instance.start()
await_state(instance, "running")
try:
    ec2.get_all_instances(["i-00000000"])
    raise AssertionError("an instance that is not there was found")
except EC2ResponseError as error:
    assert error.error_code == "InvalidInstanceID.NotFound" and error.status == 400, error
instance.terminate()
await_state(instance, "terminated")
ec2.delete_key_pair("boto")
print("the session ran through with boto", boto.__version__, "on Python", sys.version.split()[0])
