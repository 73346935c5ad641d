-- What letters became: one row for each thing a letter filed. `turn` counts the filings of one place, form and period; what the
-- highest one filed is what stands in its records.
CREATE TABLE mailbox_filed (
  letter BYTEA NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  deliverable TEXT NOT NULL,
  period TEXT NOT NULL,
  turn BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL,
  asked_digest TEXT NOT NULL,
  content_digest TEXT NOT NULL,
  draft_version BIGINT NOT NULL,
  records BIGINT NOT NULL,
  pictures BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  version BIGINT,
  PRIMARY KEY (campaign, place, deliverable, period, letter)
);
CREATE INDEX mailbox_filed_letter ON mailbox_filed (letter);

-- The activities and plan rows of the latest filing, each with the version it was left in: a higher one was changed by somebody.
CREATE TABLE mailbox_filed_records (
  record BYTEA PRIMARY KEY,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  deliverable TEXT NOT NULL,
  period TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX mailbox_filed_records_subject ON mailbox_filed_records (campaign, place, deliverable, period);
