ALTER TABLE week_tallies DROP COLUMN activities;
ALTER TABLE week_tallies DROP COLUMN town;
