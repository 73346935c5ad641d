-- A record stands beside its columns as the lists carry it, with how many pictures it has.
ALTER TABLE activities ADD COLUMN record TEXT;
ALTER TABLE activities ADD COLUMN photos BIGINT NOT NULL DEFAULT 0;
UPDATE activities SET photos = (SELECT COUNT(*) FROM activity_photos p WHERE p.activity = activities.id);
CREATE INDEX activities_without_record ON activities (id) WHERE record IS NULL;
