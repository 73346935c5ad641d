#pragma once

#include <atomic>

#include "audit/sealer.h"
#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "http/work_pool.h"
#include "people/refusals.h"
#include "people/sessions.h"

namespace wujin::people {

// The trail, for the auditor alone: /audit, /audit/verification.
class AuditApi {
 public:
  AuditApi(Database& database, Sessions& sessions, http::WorkPool& pool, const Clock& clock)
      : database_(database), sessions_(sessions), pool_(pool), clock_(clock), refusals_(database, clock) {}

  void add_routes(http::Router& router);

 private:
  Task<Result<http::Response>> list_entries(http::Request& request);
  Task<Result<http::Response>> verify(http::Request& request);

  Task<Result<audit::Verified>> verified();

  Database& database_;
  Sessions& sessions_;
  http::WorkPool& pool_;
  const Clock& clock_;
  Refusals refusals_;
  std::atomic<bool> is_verifying_ = false;
};

}  // namespace wujin::people
