#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/refusals.h"
#include "people/sessions.h"

namespace wujin::people {

// The trail, for the auditor alone: /audit, /audit/verification.
class AuditApi {
 public:
  AuditApi(Database& database, Sessions& sessions, const Clock& clock)
      : database_(database), sessions_(sessions), clock_(clock), refusals_(database, clock) {}

  void add_routes(http::Router& router);

 private:
  Task<Result<http::Response>> list_entries(http::Request& request);
  Task<Result<http::Response>> verify(http::Request& request);

  Database& database_;
  Sessions& sessions_;
  const Clock& clock_;
  Refusals refusals_;
};

}  // namespace wujin::people
