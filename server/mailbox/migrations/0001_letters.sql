-- One row a town: its mailbox (settings.h) as JSON, the password in it sealed.
CREATE TABLE mailboxes (
  town TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  body TEXT NOT NULL
);

-- How it goes, written by whoever watches it.
CREATE TABLE mailbox_states (
  town TEXT PRIMARY KEY,
  last_looked_at BIGINT,
  last_letter_at BIGINT,
  problem TEXT NOT NULL,
  problem_parameters TEXT NOT NULL
);

-- How far a folder of an account has been taken in. Under another validity it begins anew, and each letter is known again.
CREATE TABLE mailbox_folders (
  town TEXT NOT NULL,
  account TEXT NOT NULL,
  folder TEXT NOT NULL,
  validity BIGINT NOT NULL,
  next_uid BIGINT NOT NULL,
  PRIMARY KEY (town, account, folder)
);

CREATE TABLE letters (
  id BYTEA PRIMARY KEY,
  town TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'import')),
  state TEXT NOT NULL CHECK (state IN ('reading', 'waiting', 'filing', 'filed', 'set_aside', 'failed')),
  version BIGINT NOT NULL,
  -- What makes two mails the same letter, whatever folder and number they stand under: Message-ID and the SHA-256 of the body.
  message_id TEXT NOT NULL,
  body_sha256 TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL,
  raw_bytes BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL,
  fetched_at BIGINT NOT NULL,
  head TEXT NOT NULL,
  contents TEXT NOT NULL,
  campaign TEXT,
  understanding TEXT NOT NULL,
  course TEXT NOT NULL,
  UNIQUE (town, message_id, body_sha256)
);
CREATE INDEX letters_by_arrival ON letters (town, arrived_at, id);
CREATE INDEX letters_by_raw ON letters (raw_sha256);
CREATE INDEX letters_by_state ON letters (town, state, arrived_at, id);

-- Files of the letters, so that the vault knows what it must keep.
CREATE TABLE letter_files (
  letter BYTEA NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (letter, sha256)
);
CREATE INDEX letter_files_by_sha256 ON letter_files (sha256);

-- What was dragged onto the desk, before and after it became a letter.
CREATE TABLE letter_imports (
  letter BYTEA NOT NULL,
  number BIGINT NOT NULL,
  town TEXT NOT NULL,
  account BYTEA NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (letter, number)
);
CREATE INDEX letter_imports_by_sha256 ON letter_imports (sha256);

-- Whose letters an address has been seen to send; confirmed by what a person filed.
CREATE TABLE letter_senders (
  town TEXT NOT NULL,
  address TEXT NOT NULL,
  place TEXT NOT NULL,
  is_confirmed BIGINT NOT NULL CHECK (is_confirmed IN (0, 1)),
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (town, address, place)
);

-- What was, is or will be written back.
CREATE TABLE letter_replies (
  id BYTEA PRIMARY KEY,
  letter BYTEA NOT NULL,
  town TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('receipt', 'answer')),
  receiver TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT,
  created_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'not_set_up', 'sending', 'sent', 'uncertain', 'refused', 'given_up')),
  attempts BIGINT NOT NULL,
  cause TEXT NOT NULL,
  settled_at BIGINT
);
CREATE INDEX letter_replies_by_letter ON letter_replies (letter, created_at);
CREATE UNIQUE INDEX letter_receipts ON letter_replies (letter) WHERE kind = 'receipt';
CREATE INDEX letter_replies_by_receiver ON letter_replies (town, receiver, created_at);
CREATE INDEX letter_replies_stuck ON letter_replies (town) WHERE state = 'not_set_up';
