-- What an appraisal said on the day it was frozen, whole: nothing it was made from can change it afterwards.
CREATE TABLE appraisal_versions (
  id BYTEA PRIMARY KEY,
  campaign TEXT NOT NULL,
  town TEXT NOT NULL,
  number BIGINT NOT NULL,
  frozen_at BIGINT NOT NULL,
  frozen_by TEXT NOT NULL,
  note TEXT NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (campaign, number)
);

-- A place that sees it otherwise, and what the station answered.
CREATE TABLE appraisal_objections (
  id BYTEA PRIMARY KEY,
  campaign TEXT NOT NULL,
  town TEXT NOT NULL,
  place TEXT NOT NULL,
  item TEXT NOT NULL,
  text TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  version BIGINT NOT NULL,
  answer TEXT,
  upheld BIGINT CHECK (upheld IN (0, 1)),
  answered_at BIGINT,
  answered_by TEXT
);
CREATE INDEX appraisal_objections_by_place ON appraisal_objections (campaign, place, made_at);
