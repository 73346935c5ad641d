CREATE TABLE place_stamps (
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (campaign, place)
);
INSERT INTO place_stamps (campaign, place, stamp) SELECT DISTINCT campaign, place, '' FROM week_tallies;
