#pragma once

#include <optional>
#include <string>

#include "http/request.h"

namespace wujin::http {

// The etag an edit was made from; nothing when the request carries none.
std::optional<std::string> if_match_of(const Request& request);

}  // namespace wujin::http
