-- Changes with every write to the tables above, so that a tree kept in memory is known to stand by reading one row.
CREATE TABLE place_stamp (
  only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
  stamp TEXT NOT NULL
);
INSERT INTO place_stamp (only_one, stamp) VALUES (1, '');
