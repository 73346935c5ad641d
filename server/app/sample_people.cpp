#include "app/sample_people.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/json.h"
#include "people/accounts_store.h"
#include "people/link_actions.h"
#include "places/place_store.h"
#include "secrets/passwords.h"
#include "secrets/token.h"

namespace wujin::app {
namespace {

constexpr const char* file_name = "demo-accounts.json";

std::filesystem::path accounts_file(const std::filesystem::path& data) { return data / file_name; }

bool works_on_a_phone(people::Role role) { return role == people::Role::village || role == people::Role::resident_leader; }

void write_accounts(const std::filesystem::path& data, const std::vector<SampleAccount>& accounts) {
  const auto target = accounts_file(data), draft = data / "demo-accounts.json.new";
  {
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << encode_json(accounts) << "\n";
    if (!out.flush()) throw std::runtime_error("cannot write " + draft.string());
  }
  std::filesystem::rename(draft, target);
}

people::Actor actor_of(const people::Account& account) {
  people::Actor actor;
  actor.account = account.id;
  actor.display_name = account.display_name;
  actor.language = account.language;
  actor.grants = account.grants;
  actor.rights_version = account.rights_version;
  return actor;
}

// Makes accounts one after the other and remembers how to get in.
class Registrar {
 public:
  Registrar(House& house, Instant now) : house_(house), now_(now) {}

  people::Actor add(people::Role role, const std::string& login, const std::string& name, std::vector<people::Grant> grants) {
    SampleAccount entry;
    entry.role = people::name_of(role);
    entry.place = grants.front().place.text();
    entry.login = login;
    entry.password = secrets::make_token(house_.randomness()).substr(0, 16);
    people::NewPerson person;
    person.login = login;
    person.display_name = name;
    person.password_hash = passwords_.hash_now(entry.password);
    const auto made = house_.database().write_now([&](Transaction& transaction) -> Result<people::Account> {
      auto account = people::add_account(person, grants, transaction, house_.randomness(), now_);
      if (!account) return account.error();
      entry.link = (works_on_a_phone(role) ? "/phone/demo#" : "/office/demo#") +
                   people::add_demo_link(account->id, transaction, house_.randomness());
      return account;
    });
    accounts_.push_back(std::move(entry));
    return actor_of(made.value());
  }
  const std::vector<SampleAccount>& accounts() const { return accounts_; }

 private:
  House& house_;
  Instant now_;
  secrets::Passwords passwords_;
  std::vector<SampleAccount> accounts_;
};

// The path behind the address a link had when it was written.
std::string path_of(const std::string& link) {
  const auto scheme = link.find("://");
  return scheme == std::string::npos ? link : link.substr(link.find('/', scheme + 3));
}

}  // namespace

SamplePeople make_sample_people(House& house, const std::filesystem::path& data, const campaigns::Campaign& campaign,
                                const places::Tree& tree, const std::map<places::PlaceId, std::string>& names, Instant now) {
  using people::Role;
  const auto town = campaign.town;
  const auto top = tree.place_and_ancestors(town).back();
  std::vector<places::PlaceId> villages;
  for (const auto* place : tree.subtree(town)) {
    if (place->id != town) villages.push_back(place->id);
  }
  std::vector<people::Grant> of_leader;
  of_leader.reserve(villages.size());
  for (const auto& village : villages) of_leader.push_back({Role::resident_leader, village});

  Registrar registrar(house, now);
  SamplePeople people;
  people.station = registrar.add(Role::station, "station", "工作站甲（示例）", {{Role::station, town}});
  people.leader = registrar.add(Role::resident_leader, "leader", "驻村领导（示例）", of_leader);
  registrar.add(Role::district, "district", "区级管理（示例）", {{Role::district, top}});
  registrar.add(Role::system, "system", "系统管理（示例）", {{Role::system, top}});
  registrar.add(Role::security, "security", "安全管理（示例）", {{Role::security, top}});
  registrar.add(Role::auditor, "auditor", "审计（示例）", {{Role::auditor, top}});
  int number = 0;
  for (const auto& village : villages) {
    const auto name = names.contains(village) ? names.at(village) : tree.find(village)->name;
    people.villages[village] =
        registrar.add(Role::village, "village" + std::to_string(++number), name + "（示例）", {{Role::village, village}});
  }
  people.colleague = registrar.add(Role::station, "station2", "工作站乙（示例）", {{Role::station, town}});
  write_accounts(data, registrar.accounts());
  return people;
}

std::vector<SampleAccount> write_sample_accounts(House&, const std::filesystem::path& data, const std::string& address) {
  std::ifstream in(accounts_file(data), std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto accounts = decode_json<std::vector<SampleAccount>>(text);
  if (!accounts) throw std::runtime_error(accounts_file(data).string() + " is missing or damaged");
  for (auto& account : *accounts) account.link = address + path_of(account.link);
  write_accounts(data, *accounts);
  return *accounts;
}

}  // namespace wujin::app
