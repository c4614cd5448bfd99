-- What the first start did once and no later start does again.

CREATE TABLE bootstrap_steps (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  done_millis BIGINT NOT NULL
);
