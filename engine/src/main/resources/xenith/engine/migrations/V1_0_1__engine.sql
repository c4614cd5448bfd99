-- The engine's tables. Times are milliseconds since 1970, flags 0 or 1: the types that Derby and PostgreSQL share.

CREATE TABLE counters (
  name VARCHAR(128) NOT NULL PRIMARY KEY,
  value_ BIGINT NOT NULL
);

CREATE TABLE events (
  event_number BIGINT NOT NULL PRIMARY KEY,
  at_millis BIGINT NOT NULL,
  kind VARCHAR(64) NOT NULL,
  subject VARCHAR(128) NOT NULL,
  account VARCHAR(12),
  detail VARCHAR(1000) NOT NULL
);

CREATE TABLE cloud (
  id VARCHAR(8) NOT NULL PRIMARY KEY,
  uuid VARCHAR(36) NOT NULL
);

CREATE TABLE accounts (
  id VARCHAR(12) NOT NULL PRIMARY KEY,
  name VARCHAR(64) NOT NULL,
  max_vms BIGINT NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE users (
  id BIGINT NOT NULL PRIMARY KEY,
  account VARCHAR(12) NOT NULL,
  name VARCHAR(64) NOT NULL,
  role_ VARCHAR(16) NOT NULL,
  enabled BIGINT NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE hosts (
  id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(64) NOT NULL,
  driver VARCHAR(32) NOT NULL,
  uri VARCHAR(512) NOT NULL,
  zone VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  reason VARCHAR(1000) NOT NULL,
  cpu BIGINT NOT NULL,
  memory_mib BIGINT NOT NULL,
  disk_mib BIGINT NOT NULL,
  hypervisor VARCHAR(64) NOT NULL,
  version VARCHAR(64) NOT NULL,
  arch VARCHAR(32) NOT NULL,
  cores BIGINT NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE images (
  id BIGINT NOT NULL PRIMARY KEY,
  owner VARCHAR(12) NOT NULL,
  name VARCHAR(128) NOT NULL,
  description VARCHAR(255) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  arch VARCHAR(32) NOT NULL,
  location VARCHAR(1024) NOT NULL,
  format VARCHAR(16) NOT NULL,
  size_bytes BIGINT NOT NULL,
  virtual_size_bytes BIGINT NOT NULL,
  kernel BIGINT,
  ramdisk BIGINT,
  shared BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  reason VARCHAR(1000) NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE networks (
  id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(64) NOT NULL,
  bridge VARCHAR(15) NOT NULL,
  subnet VARCHAR(18) NOT NULL,
  first_address VARCHAR(15) NOT NULL,
  last_address VARCHAR(15) NOT NULL,
  gateway VARCHAR(15) NOT NULL
);

CREATE TABLE address_leases (
  network BIGINT NOT NULL,
  address VARCHAR(15) NOT NULL,
  mac VARCHAR(17) NOT NULL,
  vm BIGINT NOT NULL,
  PRIMARY KEY (network, address)
);

CREATE TABLE vms (
  id BIGINT NOT NULL PRIMARY KEY,
  uuid VARCHAR(36) NOT NULL,
  name VARCHAR(128) NOT NULL,
  account VARCHAR(12) NOT NULL,
  owner BIGINT NOT NULL,
  type_name VARCHAR(64) NOT NULL,
  vcpus BIGINT NOT NULL,
  cpu BIGINT NOT NULL,
  memory_mib BIGINT NOT NULL,
  disk_mib BIGINT NOT NULL,
  boot_disk BIGINT,
  boot_kernel BIGINT,
  boot_ramdisk BIGINT,
  kernel_arguments VARCHAR(1000) NOT NULL,
  instance_id VARCHAR(64) NOT NULL,
  hostname VARCHAR(64) NOT NULL,
  user_data VARCHAR(22000) NOT NULL,
  public_keys VARCHAR(32000) NOT NULL,
  zone VARCHAR(64),
  end_on_shutdown BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  work_in_hand VARCHAR(16) NOT NULL,
  host BIGINT,
  reason_code VARCHAR(16) NOT NULL,
  reason VARCHAR(1000) NOT NULL,
  created_millis BIGINT NOT NULL,
  since_millis BIGINT NOT NULL,
  started_millis BIGINT,
  ended_millis BIGINT
);

CREATE UNIQUE INDEX vms_uuid ON vms (uuid);

CREATE TABLE operations (
  id BIGINT NOT NULL PRIMARY KEY,
  vm BIGINT NOT NULL,
  host BIGINT NOT NULL,
  target BIGINT,
  kind VARCHAR(16) NOT NULL,
  status VARCHAR(16) NOT NULL,
  attempt BIGINT NOT NULL,
  created_millis BIGINT NOT NULL,
  not_before_millis BIGINT NOT NULL,
  last_error VARCHAR(1000) NOT NULL
);
