-- Who took over from whom. Names stand as they were on the day.
CREATE TABLE handovers (
  id BYTEA PRIMARY KEY,
  from_account BYTEA NOT NULL,
  to_account BYTEA NOT NULL,
  from_name TEXT NOT NULL,
  to_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  handed_by TEXT NOT NULL,
  note TEXT NOT NULL,
  grants TEXT NOT NULL,
  plan_rows BIGINT NOT NULL,
  calendar_feeds BIGINT NOT NULL,
  closed BIGINT NOT NULL CHECK (closed IN (0, 1))
);
CREATE INDEX handovers_from ON handovers (from_account, at);
CREATE INDEX handovers_to ON handovers (to_account, at);
