CREATE TABLE places (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL
);

CREATE TABLE place_attributes (
  place TEXT NOT NULL REFERENCES places (id),
  from_day TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  parent TEXT,
  position BIGINT NOT NULL,
  PRIMARY KEY (place, from_day)
);

CREATE TABLE points (
  place TEXT NOT NULL REFERENCES places (id),
  name TEXT NOT NULL,
  uses BIGINT NOT NULL,
  last_used BIGINT NOT NULL,
  PRIMARY KEY (place, name)
);
