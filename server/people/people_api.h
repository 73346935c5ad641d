#pragma once

#include <functional>

#include "base/clock.h"
#include "base/randomness.h"
#include "database/database.h"
#include "http/router.h"
#include "people/refusals.h"
#include "people/session_cache.h"
#include "people/sessions.h"
#include "places/place.h"

namespace wujin::people {

// Looking after others: /people, /invitations, /policy, /qr.
class PeopleApi {
 public:
  PeopleApi(Database& database, Sessions& sessions, SessionCache& cache, const Clock& clock, Randomness& randomness)
      : database_(database),
        sessions_(sessions),
        cache_(cache),
        clock_(clock),
        randomness_(randomness),
        refusals_(database, clock) {}

  void add_routes(http::Router& router);

 private:
  Task<Result<http::Response>> list_people(http::Request& request);
  Task<Result<http::Response>> get_person(http::Request& request);
  Task<Result<http::Response>> change_person(http::Request& request);
  Task<Result<http::Response>> set_grants(http::Request& request);
  Task<Result<http::Response>> create_password_reset(http::Request& request);
  Task<Result<http::Response>> unlock_person(http::Request& request);
  Task<Result<http::Response>> get_policy(http::Request& request);
  Task<Result<http::Response>> set_policy(http::Request& request);
  Task<Result<http::Response>> list_invitations(http::Request& request);
  Task<Result<http::Response>> create_invitation(http::Request& request);
  Task<Result<http::Response>> revoke_invitation(http::Request& request);
  Task<Result<http::Response>> inspect_invitation(http::Request& request);
  Task<Result<http::Response>> draw_qr(http::Request& request);

  // One write of a person's, answered again when repeated, its refusal kept in the trail.
  using Act = std::function<Result<http::Response>(Transaction&, const places::Tree&, Instant now)>;
  Task<Result<http::Response>> write(const http::Request& request, const Actor& who, Refusals::Subject subject, Act act);
  using Look = std::function<Result<http::Response>(Snapshot&, const places::Tree&, Instant now)>;
  Task<Result<http::Response>> read(const Actor& who, Refusals::Subject subject, Look look);

  Database& database_;
  Sessions& sessions_;
  SessionCache& cache_;
  const Clock& clock_;
  Randomness& randomness_;
  Refusals refusals_;
};

}  // namespace wujin::people
