CREATE TABLE sites (
  id BYTEA PRIMARY KEY,
  town TEXT NOT NULL,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT,
  confirmed_on TEXT,
  photos TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  deleted_at BIGINT
);

CREATE INDEX sites_by_place ON sites (town, place) WHERE deleted_at IS NULL;
