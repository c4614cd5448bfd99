-- What an image was registered as; null for one that was not asked: with a kernel paravirtual, without one hvm.

ALTER TABLE images ADD COLUMN virtualization VARCHAR(16);
