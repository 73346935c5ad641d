CREATE TABLE plans (
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  note TEXT,
  week_label TEXT,
  version BIGINT NOT NULL,
  signed_off_at BIGINT,
  signed_off_by TEXT,
  PRIMARY KEY (campaign, place)
);

CREATE TABLE plan_rows (
  id BYTEA PRIMARY KEY,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  month TEXT NOT NULL,
  week_label TEXT,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  places TEXT NOT NULL,
  focus TEXT NOT NULL,
  topic TEXT,
  in_charge TEXT NOT NULL,
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  deleted_at BIGINT
);

CREATE INDEX plan_rows_by_plan ON plan_rows (campaign, place, month, from_day, position) WHERE deleted_at IS NULL;
