#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/result.h"

namespace wujin::people {

// How long a session lasts hangs on what it is held with.
enum class Device : std::uint8_t { phone, desk };
BOOST_DESCRIBE_ENUM(Device, phone, desk)

// The rules of signing in; the security role sets them. The defaults stand in migrations/0001_people.sql.
struct PolicyChange {
  int lockout_failures = 0;
  int lockout_minutes = 0;
  int phone_session_days = 0;
  int desk_session_minutes = 0;
  int pin_after_minutes = 0;
  int password_min_length = 0;
  int invitation_days = 0;
  bool operator==(const PolicyChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(PolicyChange, (),
                      (lockout_failures, lockout_minutes, phone_session_days, desk_session_minutes, pin_after_minutes,
                       password_min_length, invitation_days))

struct Policy : PolicyChange {
  std::int64_t version = 1;
};

// Every number out of its bounds, at once.
Result<> check(const PolicyChange& policy);

// How long a session lives when used now.
std::chrono::milliseconds idle_limit(const Policy& policy, Device device);

// The failed attempts of one login, whether or not there is such an account.
struct Lockout {
  int failures = 0;
  Instant last_failed_at{};
  std::optional<Instant> locked_until;
  bool operator==(const Lockout&) const = default;
};

bool is_locked(const Lockout& lockout, Instant now);
// One failure more. A lock that has run out, or a failure longer ago than a lock lasts, begins anew.
Lockout after_failure(Lockout lockout, const Policy& policy, Instant now);
// Whole minutes left, rounded up: what the person is told.
int minutes_left(const Lockout& lockout, Instant now);

// Whether a password may be taken: long enough, not the login turned about, not one of those everybody tries first.
Result<> check_password(std::string_view password, std::string_view login, const Policy& policy, std::string_view field);

}  // namespace wujin::people
