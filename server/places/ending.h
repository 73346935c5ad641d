#pragma once

#include <string>

#include "base/result.h"
#include "places/place.h"

// What may end, and what a place that ended refuses. Pure.
namespace wujin::places {

// Whether a village or community may end so: on a day from `low` to `high`, inclusive, and when it is merged, into another of its
// town that stands the day after. A place others were merged into must outlast them. Errors: place_cannot_end; validation at on,
// into and reason (1–200 characters).
Result<> check(const Ending& ending, const Place& place, const Tree& tree, Date low, Date high);

// Nothing on a day on which the place stands; else the problem, at a field of what was entered, that says where to go on.
Result<> check_stands(const Place& place, const Tree& tree, Date day, const std::string& field);

}  // namespace wujin::places
