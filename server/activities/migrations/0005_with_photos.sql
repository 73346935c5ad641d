-- What a file of a month's pictures is made of: few records among many.
CREATE INDEX activities_with_photos ON activities (town, campaign, started_at, id) WHERE photos > 0 AND deleted_at IS NULL;
