CREATE TABLE campaign_versions (
  campaign TEXT NOT NULL,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  town TEXT NOT NULL,
  year BIGINT NOT NULL,
  loaded_at BIGINT NOT NULL,
  PRIMARY KEY (campaign, version)
);

CREATE TABLE campaign_files (
  campaign TEXT NOT NULL,
  version BIGINT NOT NULL,
  path TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (campaign, version, path),
  FOREIGN KEY (campaign, version) REFERENCES campaign_versions (campaign, version)
);
