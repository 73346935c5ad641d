CREATE TABLE report_contents (
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  month TEXT NOT NULL,
  number BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (campaign, place, month, number)
);
