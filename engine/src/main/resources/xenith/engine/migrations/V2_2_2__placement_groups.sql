-- Machines whose hosts have to do with each other.

CREATE TABLE placement_groups (
  id BIGINT NOT NULL PRIMARY KEY,
  account VARCHAR(12) NOT NULL,
  name VARCHAR(255) NOT NULL,
  strategy VARCHAR(16) NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE placement_members (
  vm BIGINT NOT NULL PRIMARY KEY,
  placement_group BIGINT NOT NULL
);
