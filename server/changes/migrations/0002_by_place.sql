CREATE INDEX change_places ON change_entries (town, place, transaction_number, position);
