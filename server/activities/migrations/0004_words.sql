-- What is said in records held one after another, gathered so that a search need not read those that cannot hold its words.
CREATE TABLE activity_words (
  campaign TEXT NOT NULL,
  from_moment BIGINT NOT NULL,
  until_moment BIGINT NOT NULL,
  filter BYTEA NOT NULL,
  records BYTEA NOT NULL,
  PRIMARY KEY (campaign, from_moment)
);
