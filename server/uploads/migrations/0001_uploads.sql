-- How far an upload came is not kept here: the size of its file is the only truth about that.
CREATE TABLE uploads (
  id BYTEA NOT NULL PRIMARY KEY,
  uploader BYTEA NOT NULL,
  subject TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 BYTEA,
  metadata TEXT NOT NULL,
  state BIGINT NOT NULL CHECK (state IN (0, 1, 2)),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX uploads_of_uploader ON uploads (uploader, state);
CREATE INDEX uploads_by_expiry ON uploads (state, expires_at);
