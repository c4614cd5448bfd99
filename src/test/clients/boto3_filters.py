"""Every filter that boto3's own documentation lists is known, and every action can be tried without being carried out."""
import os
import re

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
image = ec2.describe_images(Filters=[{"Name": "image-type", "Values": ["machine"]}])["Images"][0]["ImageId"]
instance = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]

# Misspelt in the documentation of some versions.
NO_FILTERS = {"parent-zoneID", "parent-zoneName"}
DESCRIBED = ["describe_availability_zones", "describe_images", "describe_instance_status", "describe_instance_types",
             "describe_instances", "describe_key_pairs", "describe_placement_groups", "describe_regions",
             "describe_tags"]


def answered(call, **arguments):
    """What the call is answered: a code of EC2's, or nothing when it succeeds."""
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


known = 0
for name in DESCRIBED:
    operation = ec2.meta.service_model.operation_model("".join(word.capitalize() for word in name.split("_")))
    documentation = operation.input_shape.members["Filters"].documentation
    filters = set(re.findall(r"<li>\s*<p>\s*<code>([^<]+)</code>", documentation)) - NO_FILTERS
    assert filters, name + " has no documentation of its filters"
    for filter_name in filters:
        filter_name = "tag:key" if filter_name.split(":")[0] == "tag" else filter_name
        code = answered(getattr(ec2, name), Filters=[{"Name": filter_name, "Values": ["x"]}])
        assert code is None, f"{name} with {filter_name}: {code}"
        known += 1
    code = answered(getattr(ec2, name), Filters=[{"Name": "nonsense", "Values": ["x"]}])
    assert code == "InvalidParameterValue", f"{name} with a filter that is none: {code}"
    assert answered(getattr(ec2, name), DryRun=True) == "DryRunOperation", name
assert known > 200, known

one = {"InstanceIds": [instance]}
TRIED = {
    "create_key_pair": {"KeyName": "tried"},
    "create_placement_group": {"GroupName": "tried", "Strategy": "spread"},
    "create_tags": {"Resources": [instance], "Tags": [{"Key": "k", "Value": "v"}]},
    "delete_key_pair": {"KeyName": "tried"},
    "delete_tags": {"Resources": [instance]},
    "deregister_image": {"ImageId": image},
    "describe_account_attributes": {},
    "describe_image_attribute": {"ImageId": image, "Attribute": "description"},
    "describe_instance_attribute": {"InstanceId": instance, "Attribute": "userData"},
    "get_console_output": {"InstanceId": instance},
    "get_password_data": {"InstanceId": instance},
    "modify_image_attribute": {"ImageId": image, "Description": {"Value": "tried"}},
    "modify_instance_attribute": {"InstanceId": instance, "DisableApiTermination": {"Value": True}},
    "monitor_instances": one,
    "register_image": {"Name": "tried", "ImageLocation": "mini.qcow2"},
    "reset_image_attribute": {"ImageId": image, "Attribute": "launchPermission"},
    "run_instances": {"ImageId": image, "MinCount": 1, "MaxCount": 1},
    "terminate_instances": one,
    "unmonitor_instances": one,
}
before = ec2.describe_instances(), ec2.describe_images(), ec2.describe_tags(), ec2.describe_key_pairs()
for name, arguments in TRIED.items():
    code = answered(getattr(ec2, name), DryRun=True, **arguments)
    # The image's file may have another name.
    assert code == "DryRunOperation" or (name, code) == ("register_image", "InvalidManifest"), f"{name}: {code}"
after = ec2.describe_instances(), ec2.describe_images(), ec2.describe_tags(), ec2.describe_key_pairs()
for one_before, one_after in zip(before, after):
    one_before.pop("ResponseMetadata"), one_after.pop("ResponseMetadata")
assert len(before[0]["Reservations"]) == len(after[0]["Reservations"])
assert before[1:] == after[1:], after
ec2.terminate_instances(**one)
print("the session ran through")
