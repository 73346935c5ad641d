-- Which server watches a town's mailbox, when several share the database.
CREATE TABLE mailbox_turns (
  town TEXT PRIMARY KEY,
  watcher BYTEA NOT NULL,
  ends_at BIGINT NOT NULL
);
