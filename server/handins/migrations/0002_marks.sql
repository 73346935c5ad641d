CREATE TABLE handin_marks (
  campaign TEXT NOT NULL,
  deliverable TEXT NOT NULL,
  period TEXT NOT NULL,
  marks TEXT NOT NULL,
  PRIMARY KEY (campaign, deliverable, period)
);
