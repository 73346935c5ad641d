CREATE TABLE report_comments (
  id BYTEA PRIMARY KEY,
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  month TEXT NOT NULL,
  activity BYTEA NOT NULL,
  photo BYTEA,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  settled_at BIGINT,
  settled_by TEXT
);

CREATE INDEX report_comments_by_report ON report_comments (campaign, place, month, at);
