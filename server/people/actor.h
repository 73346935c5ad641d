#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.h"
#include "base/problem.h"

namespace wujin::places {
struct Place;
using PlaceId = Key<Place>;
}  // namespace wujin::places

namespace wujin::people {

using places::PlaceId;

struct Account;
struct Session;

// What somebody is at a place (architecture.md, Who may what).
enum class Role : std::uint8_t { village, resident_leader, station, district, system, security, auditor };
BOOST_DESCRIBE_ENUM(Role, village, resident_leader, station, district, system, security, auditor)

// A role at a place; it reaches as far below that place as may() says.
struct Grant {
  Role role = Role::village;
  PlaceId place;
  auto operator<=>(const Grant&) const = default;
};
BOOST_DESCRIBE_STRUCT(Grant, (), (role, place))

// Who asks for something: one account, through one session, in one request.
struct Actor {
  Id<Account> account;
  Id<Session> session;  // nil when the program acts of itself
  std::string display_name;
  Language language = Language::chinese;
  std::vector<Grant> grants;
  std::int64_t rights_version = 0;  // rises whenever the grants change; part of the change feed's cursor
  std::string request_id;           // for the trail and the log
};

}  // namespace wujin::people
