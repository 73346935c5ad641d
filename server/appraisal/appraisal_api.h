#pragma once

#include "handins/handin_api.h"
#include "http/router.h"

namespace wujin::appraisal {

using handins::ApiParts;

// Adds /api/v1/appraisals… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::appraisal
