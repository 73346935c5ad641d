-- When what a letter filed was taken back; it may be filed again.
ALTER TABLE mailbox_filed ADD COLUMN taken_back_at BIGINT;
