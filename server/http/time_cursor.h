#pragma once

#include <optional>
#include <string>

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

// The parameter `cursor` of such a list; nothing when absent. Errors: validation at "cursor".
Result<std::optional<TimeCursor>> time_cursor(const Request& request);

}  // namespace wujin::http
