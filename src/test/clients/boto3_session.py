"""The whole EC2 session by boto3. Exits with an assertion's text when the cloud answers otherwise than EC2 does."""
import os
import time
import uuid

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
sts = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def refused(code, status, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error
        return
    raise AssertionError(f"{arguments} was not refused with {code}")


def instance(instance_id):
    return ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]


def await_state(instance_id, state):
    deadline = time.monotonic() + 60
    while instance(instance_id)["State"]["Name"] != state:
        assert time.monotonic() < deadline, instance(instance_id)
        time.sleep(0.2)


def await_console(instance_id, text):
    deadline = time.monotonic() + 60
    while text not in ec2.get_console_output(InstanceId=instance_id).get("Output", ""):
        assert time.monotonic() < deadline, "the console does not show " + text
        time.sleep(0.2)


owner = sts.get_caller_identity()["Account"]
assert ec2.describe_regions()["Regions"][0]["Endpoint"] in os.environ["AWS_ENDPOINT_URL"]
zone = ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
kind = ec2.describe_instance_types(InstanceTypes=["m1.small"])["InstanceTypes"][0]
assert kind["VCpuInfo"]["DefaultVCpus"] == 1, kind
image = ec2.describe_images(Filters=[{"Name": "image-type", "Values": ["machine"]}])["Images"][0]["ImageId"]

key = ec2.create_key_pair(KeyName="boto3")
assert "PRIVATE KEY" in key["KeyMaterial"]
refused("InvalidKeyPair.Duplicate", 400, ec2.create_key_pair, KeyName="boto3")

token = str(uuid.uuid4())
nonce = str(uuid.uuid4())
request = dict(ImageId=image, MinCount=2, MaxCount=2, KeyName="boto3", InstanceType="m1.small", UserData=nonce,
               ClientToken=token, Placement={"AvailabilityZone": zone},
               TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "by", "Value": "boto3"}]}])
refused("DryRunOperation", 412, ec2.run_instances, DryRun=True, **request)
first = ec2.run_instances(**request)
again = ec2.run_instances(**request)
assert first["ReservationId"] == again["ReservationId"] and first["OwnerId"] == owner
refused("IdempotentParameterMismatch", 400, ec2.run_instances, **{**request, "MaxCount": 3})
ids = sorted(entry["InstanceId"] for entry in first["Instances"])
for instance_id in ids:
    await_state(instance_id, "running")
addresses = {instance(instance_id)["PrivateIpAddress"] for instance_id in ids}
assert len(addresses) == 2, addresses
await_console(ids[0], nonce)

found = ec2.describe_instances(Filters=[{"Name": "tag:by", "Values": ["bot*"]},
                                        {"Name": "instance-state-name", "Values": ["running"]}])
assert sorted(i["InstanceId"] for r in found["Reservations"] for i in r["Instances"]) == ids
pages = ec2.get_paginator("describe_tags").paginate(Filters=[{"Name": "key", "Values": ["by"]}],
                                                    PaginationConfig={"PageSize": 5})
assert sum(len(page["Tags"]) for page in pages) == 2
ec2.create_tags(Resources=ids, Tags=[{"Key": "stage", "Value": "test & <try>"}])
assert {"Key": "stage", "Value": "test & <try>"} in instance(ids[0])["Tags"]
ec2.delete_tags(Resources=ids, Tags=[{"Key": "stage"}])

ec2.reboot_instances(InstanceIds=ids)
ec2.stop_instances(InstanceIds=[ids[0]])
await_state(ids[0], "stopped")
refused("IncorrectInstanceState", 400, ec2.reboot_instances, InstanceIds=[ids[0]])
ec2.start_instances(InstanceIds=[ids[0]])
await_state(ids[0], "running")

refused("InvalidInstanceID.NotFound", 400, ec2.describe_instances, InstanceIds=["i-00000000"])
refused("InvalidInstanceID.Malformed", 400, ec2.describe_instances, InstanceIds=["nonsense"])
refused("InvalidParameterValue", 400, ec2.describe_instances, Filters=[{"Name": "no-such-filter", "Values": ["x"]}])
refused("UnsupportedOperation", 400, ec2.describe_spot_price_history)
refused("InvalidAMIID.NotFound", 400, ec2.run_instances, ImageId="ami-00000000", MinCount=1, MaxCount=1)

ec2.terminate_instances(InstanceIds=ids)
for instance_id in ids:
    await_state(instance_id, "terminated")
ec2.delete_key_pair(KeyName="boto3")
assert ec2.describe_key_pairs()["KeyPairs"] == []
print("the session ran through")
