CREATE TABLE replays (
  account BYTEA NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  subject TEXT NOT NULL,
  keyless BIGINT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  body BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account, key)
);
CREATE INDEX replays_keyless ON replays (subject) WHERE keyless = 1;
CREATE INDEX replays_by_age ON replays (at);
