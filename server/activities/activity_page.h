#pragma once

#include <string>

#include "activities/activities_store.h"
#include "people/actor.h"

namespace wujin::activities {

// A page of the list as it goes out (contract: ActivityList), with where the next begins when there is one. Says of each activity
// what answers_of says of it, but is put together from what is stored as JSON: a record of each in between costs several times as
// much.
std::string page_of(Snapshot& snapshot, const people::Actor& actor, const Query& query, Instant now);

// Where the list goes on after this record, as a client hands it back.
std::string cursor_of(const Position& last);
std::optional<Position> position_of(std::string_view cursor);

}  // namespace wujin::activities
