#pragma once

#include "base/clock.h"
#include "campaigns/catalogue.h"
#include "campaigns/form_templates.h"
#include "database/database.h"
#include "files/vault.h"
#include "http/router.h"
#include "http/work_pool.h"
#include "people/sessions.h"

namespace wujin::appraisal {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  campaigns::Catalogue& catalogue;
  campaigns::FormTemplates& forms;
  files::Vault& vault;
  http::WorkPool& pool;
  const Clock& clock;
};

// Adds /api/v1/appraisals… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::appraisal
