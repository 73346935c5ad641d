CREATE TABLE exemptions (
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  deliverable TEXT NOT NULL,
  period TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  PRIMARY KEY (campaign, place, deliverable, period)
);
