-- Gateways that serve a cloud together, and which of them acts on which host.

CREATE TABLE gateways (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  epoch BIGINT NOT NULL,
  beat BIGINT NOT NULL
);

CREATE TABLE host_owners (
  host BIGINT NOT NULL PRIMARY KEY,
  gateway VARCHAR(36) NOT NULL,
  epoch BIGINT NOT NULL
);
