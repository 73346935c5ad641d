#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "http/router.h"
#include "people/door.h"
#include "people/people_wire.h"
#include "people/sessions.h"

namespace wujin::people {

// What kind of server this is, as far as people see it.
struct HouseOptions {
  bool demo = false;   // a sample town
  bool share = false;  // its links answer other machines too
};

// Signing in and out, and oneself: /sessions, /demo-sessions, /setup, /me, /invitations/acceptance, /password-resets.
class SessionApi {
 public:
  SessionApi(Database& database, Sessions& sessions, SessionCache& cache, Door& door, const Clock& clock, HouseOptions options)
      : database_(database), sessions_(sessions), cache_(cache), door_(door), clock_(clock), options_(options) {}

  void add_routes(http::Router& router);

 private:
  Task<Result<http::Response>> create_session(http::Request& request);
  Task<Result<http::Response>> list_sessions(http::Request& request);
  Task<Result<http::Response>> end_all_sessions(http::Request& request);
  Task<Result<http::Response>> end_current_session(http::Request& request);
  Task<Result<http::Response>> create_demo_session(http::Request& request);
  Task<Result<http::Response>> set_up(http::Request& request);
  Task<Result<http::Response>> accept_invitation(http::Request& request);
  Task<Result<http::Response>> accept_password_reset(http::Request& request);
  Task<Result<http::Response>> get_me(http::Request& request);
  Task<Result<http::Response>> change_me(http::Request& request);
  Task<Result<http::Response>> change_password(http::Request& request);

  // 201 with the token, the cookie and the account.
  Task<Result<http::Response>> welcome(const http::Request& request, OpenedSession opened);
  Surroundings surroundings(const http::Request& request) const;

  Database& database_;
  Sessions& sessions_;
  SessionCache& cache_;
  Door& door_;
  const Clock& clock_;
  HouseOptions options_;
};

}  // namespace wujin::people
