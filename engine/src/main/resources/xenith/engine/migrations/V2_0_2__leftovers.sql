-- What machines may have left on hosts that were lost with them.

CREATE TABLE leftovers (
  host BIGINT NOT NULL,
  vm BIGINT NOT NULL,
  uuid VARCHAR(36) NOT NULL,
  PRIMARY KEY (host, vm)
);
