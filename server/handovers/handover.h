#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "people/actor.h"

// Somebody leaves and another person goes on: roles, open rows of plans and calendars pass; what was recorded keeps its names.
namespace wujin::handovers {

using people::Account;

struct HandoverRequest {
  Id<Account> from;
  Id<Account> to;
  std::optional<std::string> note;  // at most 200 characters
  std::optional<bool> closes;       // `from` can no longer sign in
};
BOOST_DESCRIBE_STRUCT(HandoverRequest, (), (from, to, note, closes))

// What somebody holds that another would take over.
struct Holdings {
  std::vector<people::Grant> grants;
  int plan_rows = 0;       // not over yet, with their name in charge
  int calendar_feeds = 0;  // by secret link; revoked with the hand-over, since whoever left still has the link
  int sessions = 0;        // devices signed in
};

struct Handover {
  Id<Handover> id;
  Id<Account> from;
  Id<Account> to;
  std::string from_name;
  std::string to_name;
  Instant at{};
  std::string handed_by;
  std::string note;
  std::vector<people::Grant> grants;  // that passed
  int plan_rows = 0;
  int calendar_feeds = 0;
  bool closed = false;
};

}  // namespace wujin::handovers
