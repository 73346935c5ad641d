CREATE TABLE change_entries (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  deleted BIGINT NOT NULL,
  at BIGINT NOT NULL,
  transaction_number BIGINT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (kind, id, town, campaign, place)
);
CREATE UNIQUE INDEX change_order ON change_entries (transaction_number, position);
CREATE INDEX change_tombstones ON change_entries (at) WHERE deleted = 1;

CREATE TABLE change_feed (
  only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
  epoch TEXT NOT NULL,
  last_position BIGINT NOT NULL,
  pruned_transaction BIGINT NOT NULL,
  pruned_position BIGINT NOT NULL
);
CREATE SEQUENCE change_positions;
INSERT INTO change_feed (only_one, epoch, last_position, pruned_transaction, pruned_position) VALUES (1, '', 0, -1, 0);
