-- What users change of their machines and images: machines that no request ends, and accounts that images are shared with.

CREATE TABLE end_protections (
  vm BIGINT NOT NULL PRIMARY KEY
);

CREATE TABLE image_shares (
  image BIGINT NOT NULL,
  account VARCHAR(12) NOT NULL,
  PRIMARY KEY (image, account)
);
