CREATE TABLE box_suggestions (
  id BYTEA PRIMARY KEY,
  town TEXT NOT NULL,
  place TEXT NOT NULL,
  token BYTEA NOT NULL UNIQUE,
  text TEXT,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT,
  reason TEXT,
  settled_at BIGINT,
  settled_by TEXT,
  version BIGINT NOT NULL
);

CREATE INDEX box_suggestions_by_place ON box_suggestions (place, state, received_at, id);
CREATE INDEX box_suggestions_by_town ON box_suggestions (town, state, received_at, id);
