-- A place that was merged into another or dissolved, and the last day it stood. What was recorded there stays there.
CREATE TABLE place_endings (
  place TEXT PRIMARY KEY REFERENCES places (id),
  on_day TEXT NOT NULL,
  into_place TEXT REFERENCES places (id),
  reason TEXT NOT NULL,
  CHECK (into_place <> place)
);
