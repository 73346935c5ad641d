-- A request without a key counts as repeated until its record is written to again: one outcome a record is enough.
CREATE TABLE keyless_replays (
  subject TEXT PRIMARY KEY,
  account BYTEA NOT NULL,
  digest TEXT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  body BYTEA NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX keyless_replays_by_age ON keyless_replays (at);
INSERT INTO keyless_replays (subject, account, digest, status, headers, body, at)
  SELECT subject, account, digest, status, headers, body, at FROM replays WHERE keyless = 1;
DELETE FROM replays WHERE keyless = 1;
DROP INDEX replays_keyless;
