-- How long users want their ids to be, and whose use is sampled.

CREATE TABLE ec2_id_formats (
  user_id BIGINT NOT NULL,
  kind VARCHAR(32) NOT NULL,
  long_ids BIGINT NOT NULL,
  PRIMARY KEY (user_id, kind)
);

ALTER TABLE ec2_instances ADD COLUMN monitored BIGINT DEFAULT 0 NOT NULL;
