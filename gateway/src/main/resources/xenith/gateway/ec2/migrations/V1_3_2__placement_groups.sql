-- What EC2 calls placement groups.

CREATE TABLE ec2_placement_groups (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  placement_group BIGINT NOT NULL
);

CREATE UNIQUE INDEX ec2_placement_groups_group ON ec2_placement_groups (placement_group);
