#pragma once

#include <cstdint>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace wujin::http {

// What of a body is sent: all of it, a part, or nothing.
struct Delivery {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// Answers If-Match and If-None-Match, and for files Range and If-Range, in the order of RFC 9110 (13.2.2), by changing status and
// headers of a 200 answer to GET or HEAD. Errors: `file_changed`; `range_unsatisfiable`, after which `response` carries the
// Content-Range that goes with it.
Result<Delivery> plan_delivery(const Request& request, Response& response);

std::uint64_t size_of(const Response& response);

}  // namespace wujin::http
