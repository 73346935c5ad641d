CREATE TABLE photos (
  id BYTEA PRIMARY KEY,
  owner BYTEA,
  campaign TEXT NOT NULL,
  uploader BYTEA,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  received_at BIGINT,
  crc32 BIGINT,
  taken_at BIGINT,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  drawing TEXT NOT NULL,
  media_type TEXT NOT NULL,
  width BIGINT,
  height BIGINT,
  exif_taken_at BIGINT,
  exif_latitude DOUBLE PRECISION,
  exif_longitude DOUBLE PRECISION,
  created_at BIGINT NOT NULL,
  CHECK ((received_at IS NULL) = (crc32 IS NULL)),
  CHECK (owner IS NOT NULL OR uploader IS NOT NULL)
);
CREATE INDEX photos_by_owner ON photos (owner) WHERE owner IS NOT NULL;
CREATE INDEX photos_by_file ON photos (sha256);
CREATE INDEX photos_unclaimed ON photos (created_at) WHERE owner IS NULL;
CREATE TABLE photo_renditions (
  photo BYTEA NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  side BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  crc32 BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  PRIMARY KEY (photo, side)
);
CREATE INDEX photo_renditions_by_file ON photo_renditions (sha256);
CREATE TABLE photo_leftovers (
  sha256 TEXT PRIMARY KEY,
  since BIGINT NOT NULL
);
CREATE INDEX photo_leftovers_in_turn ON photo_leftovers (since);
CREATE TABLE photo_fingerprints (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  photo BYTEA NOT NULL UNIQUE REFERENCES photos (id) ON DELETE CASCADE,
  fingerprint BIGINT NOT NULL
);
CREATE TABLE photo_likenesses (
  photo BYTEA NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  other BYTEA NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  distance BIGINT NOT NULL,
  PRIMARY KEY (photo, other)
);
CREATE INDEX photo_likenesses_of_other ON photo_likenesses (other);
