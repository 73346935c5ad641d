-- What the plan said when it was signed off: a sign-off speaks of that alone. One given before this was kept is told as changed since.
ALTER TABLE plans ADD COLUMN signed_off_digest TEXT;
