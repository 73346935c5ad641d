#include "people/people_trail.h"

#include <vector>

#include "base/json.h"

namespace wujin::people {
namespace {

struct TracedAccount {
  std::string login, display_name, language;
  bool disabled = false;
  std::vector<Grant> grants;
};
BOOST_DESCRIBE_STRUCT(TracedAccount, (), (login, display_name, language, disabled, grants))

std::string town_of_grants(const std::vector<Grant>& grants, const places::Tree& tree) {
  for (const auto& grant : grants) {
    if (const auto* town = tree.town_of(grant.place)) return town->id.text();
  }
  return {};
}

}  // namespace

std::string traced(const Account& account) {
  const TracedAccount kept{account.login, account.display_name, std::string(tag_of(account.language)), account.disabled,
                           account.grants};
  return encode_json(kept);
}

std::string town_of(const Account& account, const places::Tree& tree) { return town_of_grants(account.grants, tree); }

audit::Entry entry_about(std::string_view verb, const Account& account, const places::Tree& tree, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = town_of(account, tree);
  entry.verb = verb;
  entry.kind = "account";
  entry.record = account.id.to_string();
  return entry;
}

audit::Entry entry_by(const Actor& actor, std::string_view verb, const places::Tree& tree, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = town_of_grants(actor.grants, tree);
  entry.account = actor.account.uuid();
  entry.verb = verb;
  entry.request_id = actor.request_id;
  return entry;
}

bool is_worth_an_entry(const Problem& problem) {
  return problem.code() == ProblemCode::forbidden || problem.code() == ProblemCode::locked_out ||
         problem.code() == ProblemCode::wrong_login;
}

}  // namespace wujin::people
