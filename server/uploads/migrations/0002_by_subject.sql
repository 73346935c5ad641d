-- Whoever asks after a picture is told how much of it has come.
CREATE INDEX uploads_growing_of_subject ON uploads (subject) WHERE state = 0;
