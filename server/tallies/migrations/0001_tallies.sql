CREATE TABLE week_tallies (
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  first_day TEXT NOT NULL,
  town TEXT NOT NULL,
  activities BIGINT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (campaign, place, first_day)
);

CREATE TABLE town_tallies (
  campaign TEXT NOT NULL,
  town TEXT NOT NULL,
  week TEXT NOT NULL,
  activities BIGINT NOT NULL,
  places BIGINT NOT NULL,
  PRIMARY KEY (campaign, town, week)
);
