CREATE TABLE jobs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  key TEXT NOT NULL,
  urgency BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  claimed_by TEXT,
  claimed_until BIGINT,
  given_up BIGINT NOT NULL,
  cause TEXT NOT NULL,
  CHECK ((claimed_by IS NULL) = (claimed_until IS NULL))
);
CREATE UNIQUE INDEX jobs_waiting_key ON jobs (kind, key) WHERE key <> '' AND claimed_by IS NULL AND given_up = 0;
CREATE INDEX jobs_in_turn ON jobs (given_up, urgency DESC, run_at, number);
