#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people/account.h"
#include "people/may.h"
#include "people/policy.h"
#include "places/place.h"

// Accounts and rules as contract/openapi.yaml shows them.
namespace wujin::people {

struct GrantAnswer {
  Role role = Role::village;
  PlaceId place;
  std::string place_name;
  places::PlaceKind place_kind = places::PlaceKind::village;
};
BOOST_DESCRIBE_STRUCT(GrantAnswer, (), (role, place, place_name, place_kind))

struct PersonAnswer {
  Id<Account> id;
  std::string login, display_name, language;
  bool disabled = false;
  std::optional<Instant> locked_until;
  std::vector<GrantAnswer> grants;
  Instant created_at{};
  std::optional<Instant> last_signed_in_at;
  std::string etag;
};
BOOST_DESCRIBE_STRUCT(PersonAnswer, (),
                      (id, login, display_name, language, disabled, locked_until, grants, created_at, last_signed_in_at, etag))

// What the faces show a person; every action judges rights itself.
enum class Hint : std::uint8_t { record, hand_in, review, sign_plans, invite, manage_people, set_policy, read_audit, end_places };
BOOST_DESCRIBE_ENUM(Hint, record, hand_in, review, sign_plans, invite, manage_people, set_policy, read_audit, end_places)

struct MeAnswer {
  Id<Account> id;
  std::string login, display_name, language;
  std::vector<GrantAnswer> grants;
  std::vector<Hint> may;
  std::optional<PlaceId> town;
  std::optional<std::string> town_name;
  Instant server_time{};
  bool demo = false;
  bool secure = false;
  int pin_after_minutes = 15;
  int desk_session_minutes = 30;
};
BOOST_DESCRIBE_STRUCT(MeAnswer, (),
                      (id, login, display_name, language, grants, may, town, town_name, server_time, demo, secure,
                       pin_after_minutes, desk_session_minutes))

struct PolicyAnswer : PolicyChange {
  std::string etag;
};
BOOST_DESCRIBE_STRUCT(PolicyAnswer, (PolicyChange), (etag))

// The text for If-Match, its quotation marks included.
std::string etag_of(std::int64_t version);

// Grants at places the tree does not know are left out.
std::vector<GrantAnswer> answer_of(const std::vector<Grant>& grants, const places::Tree& tree);
PersonAnswer answer_of(const Account& account, const places::Tree& tree, Instant now);
PolicyAnswer answer_of(const Policy& policy);
std::vector<Hint> hints(const std::vector<Grant>& grants);

// What hangs on the server and the connection rather than on the person.
struct Surroundings {
  Instant now{};
  bool demo = false;
  bool secure = false;
};
MeAnswer me_of(const Account& account, const Policy& policy, const places::Tree& tree, const Surroundings& surroundings);

}  // namespace wujin::people
