#pragma once

#include "activities/activities_actions.h"
#include "http/request.h"

namespace wujin::activities {

// What a list of activities is asked for by its query (contract: list_activities). Errors: validation at the parameter.
Result<ListRequest> list_request_of(const http::Request& request);

}  // namespace wujin::activities
