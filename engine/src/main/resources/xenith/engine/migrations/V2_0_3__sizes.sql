-- What machines are being resized to, what their domains were started with, and when they began to run for the first
-- time; null in rows from before.

ALTER TABLE vms ADD COLUMN resize_type_name VARCHAR(64);

ALTER TABLE vms ADD COLUMN resize_vcpus BIGINT;

ALTER TABLE vms ADD COLUMN resize_cpu BIGINT;

ALTER TABLE vms ADD COLUMN resize_memory_mib BIGINT;

ALTER TABLE vms ADD COLUMN started_type_name VARCHAR(64);

ALTER TABLE vms ADD COLUMN started_vcpus BIGINT;

ALTER TABLE vms ADD COLUMN started_cpu BIGINT;

ALTER TABLE vms ADD COLUMN started_memory_mib BIGINT;

ALTER TABLE vms ADD COLUMN first_started_millis BIGINT;
