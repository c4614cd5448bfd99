-- The certificate authority that the homes of all gateways must have.

CREATE TABLE authorities (
  id VARCHAR(8) NOT NULL PRIMARY KEY,
  fingerprint VARCHAR(64) NOT NULL
);
