-- The commits of all processes that share this database, each with what it changed. The row of the counter is what they
-- take turns by.

CREATE TABLE commits (
  commit_number BIGINT NOT NULL PRIMARY KEY,
  writer VARCHAR(36) NOT NULL,
  changes TEXT NOT NULL
);

INSERT INTO counters (name, value_) VALUES ('commit', 0) ON CONFLICT (name) DO NOTHING;
