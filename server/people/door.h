#pragma once

#include <string>

#include "base/clock.h"
#include "base/randomness.h"
#include "database/database.h"
#include "http/request.h"
#include "people/link_actions.h"
#include "people/session_cache.h"
#include "people/sign_in_actions.h"
#include "people/throttle.h"
#include "secrets/passwords.h"

namespace wujin::people {

// Everybody who comes in: passwords are hashed on threads of their own, so each way in is a look, a hash, and one write.
class Door {
 public:
  Door(Database& database, secrets::Passwords& passwords, SessionCache& cache, const Clock& clock, Randomness& randomness)
      : database_(database), passwords_(passwords), cache_(cache), clock_(clock), randomness_(randomness) {}

  // What the door sees of a request.
  struct Caller {
    std::string address;
    std::string request_id;
    Device device = Device::desk;
  };

  // An unknown login, a disabled account and a wrong password answer alike, after the same work. Errors: wrong_login, locked_out,
  // too_many_requests, busy.
  Task<Result<OpenedSession>> sign_in(std::string login, std::string password, Caller caller);

  // A person as the page sent them; the password still plain.
  struct Newcomer {
    std::string login;
    std::string password;
    std::string display_name;
    Language language = Language::chinese;
  };
  Task<Result<OpenedSession>> take_up_invitation(std::string token, Newcomer newcomer, Caller caller);
  Task<Result<OpenedSession>> take_up_password_reset(std::string token, std::string password, Caller caller);
  // `town` may be nothing when the tree has a root already, or until a campaign brings one.
  Task<Result<OpenedSession>> set_up(std::string token, Newcomer newcomer, std::optional<places::Place> town, Caller caller);
  Task<Result<OpenedSession>> open_demo_link(std::string token, Caller caller);

  // The present password must be known. Errors: validation at current_password or new_password, too_many_requests.
  Task<Result<>> change_password(Actor who, std::string present, std::string wanted, Caller caller);

 private:
  // Checks a newcomer's fields, all at once, and hashes the password.
  Task<Result<NewPerson>> admit(Newcomer newcomer, Caller caller);
  Task<Result<bool>> is_right(const LoginState& state, std::string password);

  Database& database_;
  secrets::Passwords& passwords_;
  SessionCache& cache_;
  const Clock& clock_;
  Randomness& randomness_;
  Throttle throttle_;
};

}  // namespace wujin::people
