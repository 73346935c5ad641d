#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace wujin::http {

struct HeadFacts {
  std::string_view date;
  std::string_view request_id;
  std::uint64_t content_length = 0;
  bool keep_alive = true;
};

// The status line and headers of an answer, with those every answer carries: security, date, length, request id. A header the
// response has already is left as it is. Throws on a header that would break the line.
std::string write_head(const Response& response, const HeadFacts& facts);

}  // namespace wujin::http
