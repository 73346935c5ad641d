#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/sessions.h"

namespace wujin::app {

// What the feed needs of the house; borrowed, and outliving the router.
struct FeedParts {
  Database& database;
  people::Sessions& sessions;
  const Clock& clock;
};

// Adds GET /api/v1/changes: the change feed narrowed to what the caller may read. It stands here because the records that ride
// along belong to several rooms.
void add_feed_routes(http::Router& router, const FeedParts& parts);

}  // namespace wujin::app
