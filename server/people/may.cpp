#include "people/may.h"

#include <algorithm>

#include "places/place.h"

namespace wujin::people {
namespace {

enum class Reach : std::uint8_t { own_place, place_and_below };

struct Right {
  Role role;
  Verb verb;
  Reach reach;
};

constexpr auto own = Reach::own_place;
constexpr auto below = Reach::place_and_below;

// The table of architecture.md. What is not in it may not be done.
constexpr Right rights[] = {
    {Role::village, Verb::see_place, below},
    {Role::village, Verb::read_place, below},
    {Role::village, Verb::write_activity, below},
    {Role::village, Verb::keep_sites, below},
    {Role::village, Verb::read_suggestions, below},
    {Role::village, Verb::answer_suggestions, below},
    {Role::village, Verb::write_plan, own},
    {Role::village, Verb::write_report, own},
    {Role::village, Verb::hand_in, own},
    {Role::village, Verb::withdraw, own},
    {Role::village, Verb::object_to_appraisal, own},

    {Role::resident_leader, Verb::see_place, below},
    {Role::resident_leader, Verb::read_place, below},
    {Role::resident_leader, Verb::sign_off, below},
    {Role::resident_leader, Verb::object_to_appraisal, below},

    {Role::station, Verb::see_place, below},
    {Role::station, Verb::read_place, below},
    // Its own activities are held in villages, and it records for a village that cannot.
    {Role::station, Verb::write_activity, below},
    {Role::station, Verb::edit_village_record, below},
    {Role::station, Verb::keep_sites, below},
    {Role::station, Verb::read_suggestions, below},
    {Role::station, Verb::answer_suggestions, below},
    {Role::station, Verb::write_plan, own},
    {Role::station, Verb::write_report, own},
    {Role::station, Verb::hand_in, own},
    {Role::station, Verb::withdraw, own},
    {Role::station, Verb::return_, below},
    {Role::station, Verb::accept, below},
    {Role::station, Verb::exempt, below},
    {Role::station, Verb::load_campaign, below},
    {Role::station, Verb::tighten_campaign, below},
    {Role::station, Verb::end_place, below},
    {Role::station, Verb::invite, below},
    {Role::station, Verb::manage_people, below},
    {Role::station, Verb::remind, below},
    {Role::station, Verb::manage_reminders, below},
    {Role::station, Verb::keep_mailbox, below},
    {Role::station, Verb::file_letters, below},
    {Role::station, Verb::choose_columns, below},
    {Role::station, Verb::appraise, below},

    {Role::district, Verb::see_place, below},
    {Role::district, Verb::read_place, below},
    {Role::district, Verb::load_campaign, below},
    {Role::district, Verb::issue_campaign, below},
    {Role::district, Verb::end_place, below},
    {Role::district, Verb::invite, below},
    {Role::district, Verb::manage_people, below},

    {Role::system, Verb::see_place, below},
    {Role::system, Verb::invite, below},
    {Role::system, Verb::manage_people, below},
    {Role::system, Verb::reset_password, below},
    {Role::system, Verb::manage_settings, below},
    {Role::system, Verb::manage_reminders, below},
    {Role::system, Verb::keep_mailbox, below},
    {Role::system, Verb::read_policy, below},

    {Role::security, Verb::see_place, below},
    {Role::security, Verb::unlock, below},
    {Role::security, Verb::read_policy, below},
    {Role::security, Verb::manage_policy, below},

    {Role::auditor, Verb::see_place, below},
    {Role::auditor, Verb::read_audit, below},
};

const Right* find_right(Role role, Verb verb) {
  const auto* found = std::ranges::find_if(rights, [&](const Right& right) { return right.role == role && right.verb == verb; });
  return found == std::end(rights) ? nullptr : found;
}

bool covers(const Grant& grant, Verb verb, std::span<const PlaceId> place_and_ancestors) {
  const auto* right = find_right(grant.role, verb);
  if (!right) return false;
  if (right->reach == own) return grant.place == place_and_ancestors.front();
  return std::ranges::find(place_and_ancestors, grant.place) != place_and_ancestors.end();
}

// Which roles a role may give.
bool gives(Role giver, Role given) {
  switch (giver) {
    case Role::system:
      return true;
    case Role::district:
      return given == Role::station || given == Role::resident_leader || given == Role::village;
    case Role::station:
      return given == Role::resident_leader || given == Role::village;
    default:
      return false;
  }
}

}  // namespace

bool may(const Actor& actor, Verb verb, std::span<const PlaceId> place_and_ancestors) {
  if (place_and_ancestors.empty()) return false;
  return std::ranges::any_of(actor.grants, [&](const Grant& grant) { return covers(grant, verb, place_and_ancestors); });
}

Result<> check_may_in_town(const Actor& actor, Verb verb, const places::Tree& tree, const PlaceId& town) {
  const auto* place = tree.find(town);
  if (place == nullptr || place->kind != places::PlaceKind::town) return Problem(ProblemCode::not_found);
  if (!may(actor, verb, tree.place_and_ancestors(town))) return Problem(ProblemCode::forbidden);
  return {};
}

bool may_anywhere(const Actor& actor, Verb verb) {
  return std::ranges::any_of(actor.grants, [&](const Grant& grant) { return find_right(grant.role, verb) != nullptr; });
}

std::vector<Scope> scopes(const Actor& actor, Verb verb) {
  std::vector<Scope> found;
  for (const auto& grant : actor.grants) {
    const auto* right = find_right(grant.role, verb);
    if (right) found.push_back({grant.place, right->reach == below});
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool may_give(const Actor& actor, Role role, std::span<const PlaceId> place_and_ancestors) {
  if (place_and_ancestors.empty()) return false;
  return std::ranges::any_of(actor.grants, [&](const Grant& grant) {
    return gives(grant.role, role) && covers(grant, Verb::manage_people, place_and_ancestors);
  });
}

}  // namespace wujin::people
