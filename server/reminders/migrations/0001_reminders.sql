-- One row a town: where its reminders go out (settings.h) as JSON, secrets in it sealed.
CREATE TABLE reminder_settings (
  town TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  body TEXT NOT NULL
);

-- Days of the year's calendar that are not as their weekday says.
CREATE TABLE reminder_office_days (
  town TEXT NOT NULL,
  day TEXT NOT NULL,
  is_off BIGINT NOT NULL CHECK (is_off IN (0, 1)),
  name TEXT NOT NULL,
  PRIMARY KEY (town, day)
);

-- Moments of a schedule that were acted on: what stands here never goes out again.
CREATE TABLE reminder_slots (
  campaign TEXT NOT NULL,
  due_on TEXT NOT NULL,
  slot BIGINT NOT NULL,
  PRIMARY KEY (campaign, due_on, slot)
);

-- Everything that was, is or will be sent, one row a receiver: the log.
CREATE TABLE reminders (
  id BYTEA PRIMARY KEY,
  town TEXT NOT NULL,
  campaign TEXT NOT NULL,
  due_on TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('before', 'after', 'all_in')),
  channel TEXT NOT NULL CHECK (channel IN ('robot', 'mail')),
  receiver TEXT NOT NULL,
  receiver_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  sent_by TEXT,
  created_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'uncertain', 'refused', 'given_up', 'cancelled')),
  attempts BIGINT NOT NULL,
  cause TEXT NOT NULL,
  settled_at BIGINT
);
CREATE INDEX reminders_by_age ON reminders (campaign, created_at, id);

-- Calendars by secret link; only the SHA-256 of the link's token is kept.
CREATE TABLE reminder_feeds (
  id BYTEA PRIMARY KEY,
  token BYTEA NOT NULL UNIQUE,
  campaign TEXT NOT NULL,
  place TEXT NOT NULL,
  account BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX reminder_feeds_by_account ON reminder_feeds (account, created_at);
