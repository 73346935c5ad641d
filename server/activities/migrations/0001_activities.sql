CREATE TABLE activities (
  id BYTEA PRIMARY KEY,
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  entry TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  date_only BIGINT,
  kind TEXT,
  form TEXT,
  audiences TEXT,
  topics TEXT,
  settings TEXT,
  sector TEXT,
  work_item TEXT,
  organizer TEXT,
  point TEXT,
  ended_at BIGINT,
  people_about BIGINT,
  leaflets BIGINT,
  partners TEXT,
  plan_row BYTEA,
  on_behalf_reason TEXT,
  recorded_at BIGINT,
  clock_offset_ms BIGINT,
  side TEXT NOT NULL,
  month TEXT NOT NULL,
  supplement BIGINT NOT NULL,
  recorded_by BYTEA NOT NULL,
  recorded_by_name TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  deleted_at BIGINT
);

CREATE INDEX activities_by_place ON activities (town, campaign, place, started_at, id) WHERE deleted_at IS NULL;

CREATE INDEX activities_by_town ON activities (town, campaign, started_at, id) WHERE deleted_at IS NULL;

CREATE INDEX activities_by_month ON activities (campaign, place, month, started_at, id) WHERE deleted_at IS NULL;

CREATE INDEX activities_by_plan_row ON activities (plan_row) WHERE plan_row IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE activity_photos (
  activity BYTEA NOT NULL REFERENCES activities (id),
  position BIGINT NOT NULL,
  photo BYTEA NOT NULL,
  caption TEXT,
  PRIMARY KEY (activity, position)
);

CREATE UNIQUE INDEX activity_photos_by_photo ON activity_photos (photo);
