CREATE TABLE audit_entries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at BIGINT NOT NULL,
  town TEXT NOT NULL,
  account BYTEA,
  verb TEXT NOT NULL,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  place TEXT NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  problem TEXT NOT NULL,
  request_id TEXT NOT NULL,
  position BIGINT,
  digest TEXT,
  CHECK ((position IS NULL) = (digest IS NULL))
);
CREATE UNIQUE INDEX audit_chain ON audit_entries (town, position);
CREATE INDEX audit_unsealed ON audit_entries (number) WHERE position IS NULL;
CREATE INDEX audit_by_record ON audit_entries (kind, record, number);
CREATE INDEX audit_by_town ON audit_entries (town, number);

CREATE TABLE audit_heads (
  town TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  digest TEXT NOT NULL
);

CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries BEGIN
  SELECT RAISE(ABORT, 'the trail cannot be shortened');
END;
CREATE TRIGGER audit_entries_are_sealed_once BEFORE UPDATE ON audit_entries
WHEN OLD.position IS NOT NULL OR NEW.position IS NULL
BEGIN
  SELECT RAISE(ABORT, 'the trail cannot be edited');
END;
CREATE TRIGGER audit_entries_keep_their_words BEFORE UPDATE OF
  number, at, town, account, verb, kind, record, place, before_json, after_json, outcome, problem, request_id ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'the trail cannot be edited');
END;
CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads BEGIN
  SELECT RAISE(ABORT, 'the trail cannot be shortened');
END;
CREATE TRIGGER audit_heads_move_on BEFORE UPDATE ON audit_heads WHEN NEW.town <> OLD.town OR NEW.position <= OLD.position BEGIN
  SELECT RAISE(ABORT, 'the trail cannot be shortened');
END;
