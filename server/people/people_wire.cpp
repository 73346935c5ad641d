#include "people/people_wire.h"

namespace wujin::people {
namespace {

struct HintRule {
  Hint hint;
  Verb verb;
};
constexpr HintRule hint_rules[] = {
    {Hint::record, Verb::write_activity},    {Hint::hand_in, Verb::hand_in},       {Hint::review, Verb::accept},
    {Hint::sign_plans, Verb::sign_off},      {Hint::invite, Verb::invite},         {Hint::manage_people, Verb::manage_people},
    {Hint::set_policy, Verb::manage_policy}, {Hint::read_audit, Verb::read_audit}, {Hint::end_places, Verb::end_place},
};

}  // namespace

std::string etag_of(std::int64_t version) { return "\"v" + std::to_string(version) + "\""; }

std::vector<GrantAnswer> answer_of(const std::vector<Grant>& grants, const places::Tree& tree) {
  std::vector<GrantAnswer> answers;
  for (const auto& grant : grants) {
    const auto* place = tree.find(grant.place);
    if (place) answers.push_back({grant.role, grant.place, place->name, place->kind});
  }
  return answers;
}

PersonAnswer answer_of(const Account& account, const places::Tree& tree, Instant now) {
  PersonAnswer answer;
  answer.id = account.id;
  answer.login = account.login;
  answer.display_name = account.display_name;
  answer.language = tag_of(account.language);
  answer.disabled = account.disabled;
  if (account.locked_until && now < *account.locked_until) answer.locked_until = account.locked_until;
  answer.grants = answer_of(account.grants, tree);
  answer.created_at = account.created_at;
  answer.last_signed_in_at = account.last_signed_in_at;
  answer.etag = etag_of(account.version);
  return answer;
}

PolicyAnswer answer_of(const Policy& policy) {
  PolicyAnswer answer;
  static_cast<PolicyChange&>(answer) = static_cast<const PolicyChange&>(policy);
  answer.etag = etag_of(policy.version);
  return answer;
}

std::vector<Hint> hints(const std::vector<Grant>& grants) {
  Actor actor;
  actor.grants = grants;
  std::vector<Hint> found;
  for (const auto& rule : hint_rules) {
    if (may_anywhere(actor, rule.verb)) found.push_back(rule.hint);
  }
  return found;
}

MeAnswer me_of(const Account& account, const Policy& policy, const places::Tree& tree, const Surroundings& surroundings) {
  MeAnswer me;
  me.id = account.id;
  me.login = account.login;
  me.display_name = account.display_name;
  me.language = tag_of(account.language);
  me.grants = answer_of(account.grants, tree);
  me.may = hints(account.grants);
  for (const auto& grant : account.grants) {
    const auto* town = tree.town_of(grant.place);
    if (!town || me.town) continue;
    me.town = town->id;
    me.town_name = town->name;
  }
  me.server_time = surroundings.now;
  me.demo = surroundings.demo;
  me.secure = surroundings.secure;
  me.pin_after_minutes = policy.pin_after_minutes;
  me.desk_session_minutes = policy.desk_session_minutes;
  return me;
}

}  // namespace wujin::people
