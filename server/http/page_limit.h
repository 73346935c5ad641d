#pragma once

#include "base/result.h"
#include "http/request.h"

namespace wujin::http {

// The parameter `limit` of a list: 1 to 200, 50 when absent (contract: Limit). Errors: validation at "limit".
Result<int> page_limit(const Request& request);

}  // namespace wujin::http
