#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "database/database.h"
#include "places/place.h"

namespace wujin::places {

// A point below a village (三组, a school, an estate, a factory): remembered from what people type and offered again.
struct Point {
  std::string name;
  int uses = 0;
  Date last_used;  // in China
};
BOOST_DESCRIBE_STRUCT(Point, (), (name, uses, last_used))

void remember_point(Transaction& transaction, const PlaceId& place, std::string_view name, Instant now);

// Those whose name holds `words` (all when empty), the most used first, then the latest.
std::vector<Point> points_of(Snapshot& snapshot, const PlaceId& place, std::string_view words, int limit);

}  // namespace wujin::places
