#pragma once

#include <string>

#include "base/clock.h"

namespace wujin::http {

// A moment as HTTP writes it: "Thu, 26 Oct 2023 01:00:00 GMT".
std::string http_date(Instant instant);

}  // namespace wujin::http
