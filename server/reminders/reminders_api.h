#pragma once

#include "base/clock.h"
#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "http/router.h"
#include "jobs/queue.h"
#include "people/sessions.h"
#include "secrets/field_key.h"
#include "webhooks/sender.h"

namespace wujin::reminders {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  campaigns::Catalogue& catalogue;
  jobs::Queue& queue;
  const secrets::FieldKey& key;
  Randomness& randomness;
  const Clock& clock;
  webhooks::Limits webhooks;
};

// Adds /api/v1/reminders, /api/v1/reminder-settings, /api/v1/calendar-feeds and /calendar (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

}  // namespace wujin::reminders
