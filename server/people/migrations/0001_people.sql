-- One account a person. The login is found by the digest of its normal form, which also names its lock-out, so that a login that
-- does not exist locks like any other and tells nobody that it does not.
CREATE TABLE people_accounts (
  id BYTEA PRIMARY KEY,
  login TEXT NOT NULL,
  login_digest BYTEA NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  password_hash TEXT NOT NULL,
  disabled BIGINT NOT NULL CHECK (disabled IN (0, 1)),
  version BIGINT NOT NULL,
  rights_version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_signed_in_at BIGINT
);
CREATE INDEX people_accounts_by_name ON people_accounts (display_name, id);

CREATE TABLE people_grants (
  account BYTEA NOT NULL REFERENCES people_accounts (id),
  role TEXT NOT NULL CHECK (role IN ('village', 'resident_leader', 'station', 'district', 'system', 'security', 'auditor')),
  place TEXT NOT NULL,
  PRIMARY KEY (account, role, place)
);
CREATE INDEX people_grants_by_place ON people_grants (place, account);

-- Only the SHA-256 of a token is kept, here and below.
CREATE TABLE people_sessions (
  id BYTEA PRIMARY KEY,
  token BYTEA NOT NULL UNIQUE,
  account BYTEA NOT NULL REFERENCES people_accounts (id),
  device TEXT NOT NULL CHECK (device IN ('phone', 'desk')),
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX people_sessions_by_account ON people_sessions (account, expires_at);
CREATE INDEX people_sessions_by_end ON people_sessions (expires_at);

CREATE TABLE people_lockouts (
  login_digest BYTEA PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_failed_at BIGINT NOT NULL,
  locked_until BIGINT
);
CREATE INDEX people_lockouts_by_age ON people_lockouts (last_failed_at);

-- Links of one use: an invitation to a role at a place, or a new password for an account.
CREATE TABLE people_links (
  id BYTEA PRIMARY KEY,
  token BYTEA NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('invitation', 'password_reset')),
  account BYTEA REFERENCES people_accounts (id),
  role TEXT,
  place TEXT,
  display_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BYTEA NOT NULL REFERENCES people_accounts (id),
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  used_by BYTEA REFERENCES people_accounts (id),
  revoked_at BIGINT,
  CHECK ((kind = 'password_reset') = (account IS NOT NULL)),
  CHECK ((kind = 'invitation') = (role IS NOT NULL AND place IS NOT NULL))
);
CREATE INDEX people_links_by_age ON people_links (kind, created_at, id);

CREATE TABLE people_policy (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  lockout_failures BIGINT NOT NULL,
  lockout_minutes BIGINT NOT NULL,
  phone_session_days BIGINT NOT NULL,
  desk_session_minutes BIGINT NOT NULL,
  pin_after_minutes BIGINT NOT NULL,
  password_min_length BIGINT NOT NULL,
  invitation_days BIGINT NOT NULL,
  version BIGINT NOT NULL
);
INSERT INTO people_policy (id, lockout_failures, lockout_minutes, phone_session_days, desk_session_minutes, pin_after_minutes,
                           password_min_length, invitation_days, version)
VALUES (1, 5, 15, 30, 30, 15, 10, 7, 1);

-- The one-time link of an empty folder, and the reusable ones of a sample town.
CREATE TABLE people_setup_links (
  token BYTEA PRIMARY KEY,
  created_at BIGINT NOT NULL
);
CREATE TABLE people_demo_links (
  token BYTEA PRIMARY KEY,
  account BYTEA NOT NULL REFERENCES people_accounts (id)
);
