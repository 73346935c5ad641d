-- Which columns a town's tables are made with, by their ids in that order; the usual ones where nobody has chosen.
CREATE TABLE ledger_columns (
  town TEXT NOT NULL,
  ledger TEXT NOT NULL,
  version BIGINT NOT NULL,
  chosen TEXT NOT NULL,
  PRIMARY KEY (town, ledger)
);
