CREATE TABLE summary_drafts (
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  version BIGINT NOT NULL,
  edits TEXT NOT NULL,
  explanation TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (campaign, place)
);
