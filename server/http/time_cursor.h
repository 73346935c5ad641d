#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "http/request.h"

namespace wujin::http {

// Where a list in the order of time goes on: at the record a page ended with. To the client it is opaque.
struct TimeCursor {
  Instant at;
  Uuid id;
};
std::string written(const TimeCursor& cursor);

// The same of a list in the order of places, and of time within each: the place's key goes with it.
struct PlacedCursor {
  TimeCursor record;
  std::string place;
};
std::string written(const TimeCursor& record, std::string_view place);
std::optional<PlacedCursor> placed_cursor_of(std::string_view text);  // nothing for what no list gave

// The parameter `cursor` of such lists; nothing when absent. Errors: validation at "cursor".
Result<std::optional<TimeCursor>> time_cursor(const Request& request);
Result<std::optional<PlacedCursor>> placed_cursor(const Request& request);

}  // namespace wujin::http
