create table activity (id bigserial primary key, place text, kind text, held_on date, started_at timestamptz, ended_at timestamptz, venue text,
                       people int, leader text, audience int, materials text, note text, state text);
create index activity_by_place on activity (place, held_on);
