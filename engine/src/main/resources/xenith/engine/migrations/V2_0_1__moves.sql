-- Where hosts send machines' memory to, and machines that are on their way to another host.

ALTER TABLE hosts ADD COLUMN migration_address VARCHAR(255);

ALTER TABLE vms ADD COLUMN target BIGINT;

ALTER TABLE hosts ADD COLUMN wish VARCHAR(16);

ALTER TABLE hosts ADD COLUMN store VARCHAR(255);
