-- What belongs to EC2 alone. Times are milliseconds since 1970: the types that Derby and PostgreSQL share.

CREATE TABLE ec2_instances (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  vm BIGINT NOT NULL,
  account VARCHAR(12) NOT NULL,
  reservation VARCHAR(32) NOT NULL,
  launch_index BIGINT NOT NULL,
  client_token VARCHAR(64),
  key_name VARCHAR(255)
);

CREATE UNIQUE INDEX ec2_instances_vm ON ec2_instances (vm);

CREATE TABLE ec2_images (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  image BIGINT NOT NULL,
  root_device_name VARCHAR(64)
);

CREATE UNIQUE INDEX ec2_images_image ON ec2_images (image);

CREATE TABLE ec2_client_tokens (
  account VARCHAR(12) NOT NULL,
  token VARCHAR(64) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  reservation VARCHAR(32) NOT NULL,
  expires_millis BIGINT NOT NULL,
  PRIMARY KEY (account, token)
);

CREATE TABLE ec2_key_pairs (
  account VARCHAR(12) NOT NULL,
  name VARCHAR(255) NOT NULL,
  id VARCHAR(32) NOT NULL,
  type VARCHAR(16) NOT NULL,
  fingerprint VARCHAR(128) NOT NULL,
  public_key VARCHAR(4096) NOT NULL,
  created_millis BIGINT NOT NULL,
  PRIMARY KEY (account, name)
);

CREATE TABLE ec2_tags (
  account VARCHAR(12) NOT NULL,
  resource VARCHAR(32) NOT NULL,
  tag_key VARCHAR(127) NOT NULL,
  tag_value VARCHAR(255) NOT NULL,
  PRIMARY KEY (account, resource, tag_key)
);
