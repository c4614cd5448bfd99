"""Attributes, permissions, placement groups, status and monitoring by boto3, and what a second account sees of them.

Takes the xenithrc of a user of another account. Exits with an assertion's text when the cloud answers otherwise than EC2.
"""
import os
import re
import sys
import time
import urllib.error
import urllib.request

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
with open(sys.argv[1]) as rc:
    friend_rc = dict(re.findall(r"export (\w+)='([^']*)'", rc.read()))
friend_keys = dict(aws_access_key_id=friend_rc["AWS_ACCESS_KEY_ID"],
                   aws_secret_access_key=friend_rc["AWS_SECRET_ACCESS_KEY"])
ec2 = boto3.client("ec2", endpoint_url=ENDPOINT)
friend = boto3.client("ec2", endpoint_url=ENDPOINT, **friend_keys)
friend_account = boto3.client("sts", endpoint_url=ENDPOINT, **friend_keys).get_caller_identity()["Account"]


def refused(code, call, status=400, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error
        return
    raise AssertionError(f"{arguments} was not refused with {code}")


def tried(call, **arguments):
    """The same request is granted, and then not carried out, when it is only tried."""
    refused("DryRunOperation", call, 412, DryRun=True, **arguments)


def await_state(client, instance_id, state):
    deadline = time.monotonic() + 90
    while True:
        found = client.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]
        if found["State"]["Name"] == state:
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.2)


def attribute(name):
    return ec2.describe_instance_attribute(InstanceId=one, Attribute=name)


def metrics(token):
    request = urllib.request.Request(ENDPOINT + "/metrics", headers={"Authorization": "Bearer " + token})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


image = [i for i in ec2.describe_images(Owners=["self"])["Images"] if i["ImageType"] == "machine"][0]["ImageId"]

# Placement groups.
tried(ec2.create_placement_group, GroupName="web", Strategy="spread")
group = ec2.create_placement_group(GroupName="web", Strategy="spread")["PlacementGroup"]
assert group["State"] == "available" and group["GroupId"].startswith("pg-"), group
refused("InvalidPlacementGroup.Duplicate", ec2.create_placement_group, GroupName="web", Strategy="cluster")
refused("UnsupportedOperation", ec2.create_placement_group, GroupName="parts", Strategy="partition")
refused("InvalidPlacementGroup.Unknown", ec2.describe_placement_groups, GroupNames=["nobody"])
launch = dict(ImageId=image, InstanceType="m1.small", MinCount=1, MaxCount=1)
spread = ec2.run_instances(**{**launch, "MinCount": 4, "MaxCount": 4}, Placement={"GroupName": "web"},
                           Monitoring={"Enabled": True})["Instances"]
refused("InsufficientInstanceCapacity", ec2.run_instances, 500, **launch, Placement={"GroupName": "web"})
refused("InvalidPlacementGroup.Unknown", ec2.run_instances, **launch, Placement={"GroupName": "nobody"})
refused("InvalidPlacementGroup.InUse", ec2.delete_placement_group, GroupName="web")
ids = sorted(instance["InstanceId"] for instance in spread)
for instance_id in ids:
    assert await_state(ec2, instance_id, "running")["Placement"]["GroupName"] == "web"
found = ec2.describe_instances(Filters=[{"Name": "placement-group-name", "Values": ["web"]}])["Reservations"]
assert sorted(i["InstanceId"] for r in found for i in r["Instances"]) == ids
one = ids[0]

# Status.
status = ec2.describe_instance_status(InstanceIds=ids)["InstanceStatuses"]
assert sorted(s["InstanceId"] for s in status) == ids, status
assert {s["SystemStatus"]["Status"] for s in status} == {"ok"}, status
assert {s["InstanceStatus"]["Status"] for s in status} <= {"ok", "initializing"}, status
page = ec2.describe_instance_status(MaxResults=5, IncludeAllInstances=True)
assert len(page["InstanceStatuses"]) == 4 and "NextToken" not in page, page
tried(ec2.describe_instance_status)
refused("InvalidParameterValue", ec2.describe_instance_status, Filters=[{"Name": "nonsense", "Values": ["x"]}])
refused("InvalidNextToken", ec2.describe_instance_status, MaxResults=5, NextToken="bm9uc2Vuc2U")

# Attributes of instances.
assert attribute("instanceType")["InstanceType"]["Value"] == "m1.small"
assert attribute("userData")["UserData"] == {}
refused("IncorrectInstanceState", ec2.modify_instance_attribute, InstanceId=one, InstanceType={"Value": "m1.medium"})
tried(ec2.modify_instance_attribute, InstanceId=one, DisableApiTermination={"Value": True})
ec2.modify_instance_attribute(InstanceId=one, DisableApiTermination={"Value": True})
assert attribute("disableApiTermination")["DisableApiTermination"]["Value"] is True
refused("OperationNotPermitted", ec2.terminate_instances, InstanceIds=ids)
ec2.modify_instance_attribute(InstanceId=one, Attribute="disableApiTermination", Value="false")
ec2.modify_instance_attribute(InstanceId=one, InstanceInitiatedShutdownBehavior={"Value": "terminate"})
shutdown = attribute("instanceInitiatedShutdownBehavior")["InstanceInitiatedShutdownBehavior"]
assert shutdown["Value"] == "terminate", shutdown
ec2.modify_instance_attribute(InstanceId=one, InstanceInitiatedShutdownBehavior={"Value": "stop"})
ec2.stop_instances(InstanceIds=[one])
await_state(ec2, one, "stopped")
ec2.modify_instance_attribute(InstanceId=one, InstanceType={"Value": "m1.medium"})
ec2.modify_instance_attribute(InstanceId=one, UserData={"Value": b"told anew"})
refused("InvalidInstanceAttributeValue", ec2.modify_instance_attribute, InstanceId=one,
        InstanceType={"Value": "z9.huge"})
refused("InvalidParameterCombination", ec2.modify_instance_attribute, InstanceId=one)
refused("InvalidParameterCombination", ec2.modify_instance_attribute, InstanceId=one, SourceDestCheck={"Value": False})
ec2.reset_instance_attribute(InstanceId=one, Attribute="kernel")
tried(ec2.reset_instance_attribute, InstanceId=one, Attribute="kernel")
ec2.start_instances(InstanceIds=[one])
assert await_state(ec2, one, "running")["InstanceType"] == "m1.medium"
assert attribute("userData")["UserData"]["Value"] == "dG9sZCBhbmV3"
password = ec2.get_password_data(InstanceId=one)
assert password["PasswordData"] == "" and password["InstanceId"] == one, password
refused("InvalidInstanceID.NotFound", friend.describe_instance_attribute, InstanceId=one, Attribute="userData")
refused("InvalidInstanceID.NotFound", friend.get_password_data, InstanceId=one)

# Images: who may launch them.
ec2.reset_image_attribute(ImageId=image, Attribute="launchPermission")
refused("InvalidAMIID.NotFound", friend.run_instances, **launch)
tried(ec2.modify_image_attribute, ImageId=image, LaunchPermission={"Add": [{"UserId": friend_account}]})
ec2.modify_image_attribute(ImageId=image, LaunchPermission={"Add": [{"UserId": friend_account}]})
permissions = ec2.describe_image_attribute(ImageId=image, Attribute="launchPermission")["LaunchPermissions"]
assert permissions == [{"UserId": friend_account}], permissions
assert [i["ImageId"] for i in friend.describe_images(ExecutableUsers=["self"])["Images"]] == [image]
theirs = friend.run_instances(**launch)["Instances"][0]["InstanceId"]
refused("AuthFailure", friend.describe_image_attribute, 401, ImageId=image, Attribute="launchPermission")
refused("AuthFailure", friend.modify_image_attribute, 401, ImageId=image, Description={"Value": "mine"})
ec2.modify_image_attribute(ImageId=image, OperationType="remove", UserIds=[friend_account])
refused("InvalidAMIID.NotFound", friend.run_instances, **launch)
await_state(friend, theirs, "running")
friend.terminate_instances(InstanceIds=[theirs])
ec2.modify_image_attribute(ImageId=image, LaunchPermission={"Add": [{"Group": "all"}]})
assert [i["Public"] for i in friend.describe_images(ImageIds=[image])["Images"]] == [True]
refused("InvalidAMIAttributeItemValue", ec2.modify_image_attribute, ImageId=image,
        LaunchPermission={"Add": [{"UserId": "000000000000"}]})
ec2.modify_image_attribute(ImageId=image, Description={"Value": "small & quick"})
described = ec2.describe_image_attribute(ImageId=image, Attribute="description")["Description"]
assert described["Value"] == "small & quick", described
assert ec2.describe_image_attribute(ImageId=image, Attribute="productCodes")["ProductCodes"] == []
refused("InvalidProductInfo", ec2.modify_image_attribute, ImageId=image, ProductCodes=["774F4FF8"])

# The account, and the length of ids.
attributes = {a["AttributeName"]: a["AttributeValues"][0]["AttributeValue"]
              for a in friend.describe_account_attributes()["AccountAttributes"]}
assert attributes["max-instances"] == "100" and attributes["supported-platforms"] == "EC2", attributes
tried(ec2.describe_account_attributes)
assert not any(s["UseLongIds"] for s in ec2.describe_id_format()["Statuses"])
ec2.modify_id_format(Resource="instance", UseLongIds=True)
long_id = ec2.run_instances(**launch, DisableApiTermination=True)["Instances"][0]["InstanceId"]
assert re.fullmatch("i-[0-9a-f]{17}", long_id), long_id
refused("OperationNotPermitted", ec2.terminate_instances, InstanceIds=[long_id])
refused("InvalidParameterValue", ec2.modify_id_format, Resource="volume", UseLongIds=True)
ec2.modify_id_format(Resource="all-current", UseLongIds=False)

# Monitoring.
off = ec2.unmonitor_instances(InstanceIds=[ids[1]])["InstanceMonitorings"][0]
assert off == {"InstanceId": ids[1], "Monitoring": {"State": "disabled"}}, off
tried(ec2.monitor_instances, InstanceIds=[long_id])
on = ec2.monitor_instances(InstanceIds=[long_id])["InstanceMonitorings"][0]
assert on == {"InstanceId": long_id, "Monitoring": {"State": "enabled"}}, on
await_state(ec2, long_id, "running")
with open(os.path.join(os.environ["XENITH_HOME"], "metrics-token")) as file:
    token = file.read()
assert metrics("guess")[0] == 401
deadline = time.monotonic() + 90
while f'instance_id="{long_id}"' not in metrics(token)[1]:
    assert time.monotonic() < deadline, metrics(token)
    time.sleep(0.5)
page = metrics(token)[1]
assert re.search(r'xenith_instance_memory_bytes\{instance_id="%s",account="\d{12}"\} 268435456' % long_id, page), page
assert ids[2] in page and ids[1] not in page, page

# The end.
ec2.modify_instance_attribute(InstanceId=long_id, DisableApiTermination={"Value": False})
ec2.terminate_instances(InstanceIds=ids + [long_id])
for instance_id in ids:
    await_state(ec2, instance_id, "terminated")
refused("IncorrectInstanceState", ec2.monitor_instances, InstanceIds=[one])
ec2.delete_placement_group(GroupName="web")
assert ec2.describe_placement_groups()["PlacementGroups"] == []
print("the session ran through")
