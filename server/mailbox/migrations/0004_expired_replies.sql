-- A reply that waited too long for an outgoing mailbox expires. SQLite changes no CHECK in place.
CREATE TABLE letter_replies_that_expire (
  id BYTEA PRIMARY KEY,
  letter BYTEA NOT NULL,
  town TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('receipt', 'answer')),
  receiver TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT,
  created_at BIGINT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'not_set_up', 'sending', 'sent', 'uncertain', 'refused', 'given_up', 'expired')),
  attempts BIGINT NOT NULL,
  cause TEXT NOT NULL,
  settled_at BIGINT
);
INSERT INTO letter_replies_that_expire
  (id, letter, town, kind, receiver, subject, text, written_by, created_at, state, attempts, cause, settled_at)
SELECT id, letter, town, kind, receiver, subject, text, written_by, created_at, state, attempts, cause, settled_at
FROM letter_replies;
DROP TABLE letter_replies;
ALTER TABLE letter_replies_that_expire RENAME TO letter_replies;
CREATE INDEX letter_replies_by_letter ON letter_replies (letter, created_at);
CREATE UNIQUE INDEX letter_receipts ON letter_replies (letter) WHERE kind = 'receipt';
CREATE INDEX letter_replies_by_receiver ON letter_replies (town, receiver, created_at);
CREATE INDEX letter_replies_stuck ON letter_replies (town, created_at) WHERE state = 'not_set_up';
