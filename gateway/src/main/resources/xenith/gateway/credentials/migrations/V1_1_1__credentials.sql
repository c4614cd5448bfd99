-- What users prove themselves with. Times are milliseconds since 1970, flags 0 or 1.

CREATE TABLE access_keys (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  encrypted_secret VARCHAR(512) NOT NULL,
  account VARCHAR(12) NOT NULL,
  user_id VARCHAR(19) NOT NULL,
  enabled BIGINT NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE certificates (
  fingerprint VARCHAR(64) NOT NULL PRIMARY KEY,
  subject VARCHAR(1000) NOT NULL,
  not_before_millis BIGINT NOT NULL,
  not_after_millis BIGINT NOT NULL,
  pem VARCHAR(32000) NOT NULL,
  account VARCHAR(12) NOT NULL,
  user_id VARCHAR(19) NOT NULL,
  enabled BIGINT NOT NULL,
  created_millis BIGINT NOT NULL
);

CREATE TABLE replay_digests (
  digest VARCHAR(64) NOT NULL PRIMARY KEY,
  expires_millis BIGINT NOT NULL
);
