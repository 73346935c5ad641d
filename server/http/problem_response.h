#pragma once

#include "base/problem.h"
#include "http/request.h"
#include "http/response.h"

namespace wujin::http {

// A problem as RFC 9457 says, in the request's language. A handler needs it only to put headers on a problem.
Response problem_response(const Problem& problem, const Request& request);

}  // namespace wujin::http
