-- Why an operator, or the configuration, wants of a host what it wants; null in rows from before.

ALTER TABLE hosts ADD COLUMN wish_reason VARCHAR(1000);
