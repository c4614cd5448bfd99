-- EC2 takes 256 characters.
ALTER TABLE ec2_tags ALTER COLUMN tag_value SET DATA TYPE VARCHAR(256);
