#include "reminders/settings.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "mail/message.h"

namespace wujin::reminders {
namespace {

std::string context(const PlaceId& town, const std::string& what) { return "reminders/" + town.text() + "/" + what; }
std::string context(const PlaceId& town, const Id<Robot>& robot, const char* what) {
  return context(town, robot.to_string() + "/" + what);
}

void check_text(const std::string& text, std::size_t least, std::size_t most, std::string field, std::vector<Fault>& faults) {
  const auto length = count_characters(text);
  const bool is_plain = std::ranges::none_of(text, [](char byte) { return static_cast<unsigned char>(byte) < ' '; });
  if (length < least) {
    faults.push_back({std::move(field), ProblemCode::required, {}});
  } else if (length > most) {
    faults.push_back({std::move(field), ProblemCode::too_long, {{"limit", std::to_string(most)}}});
  } else if (!is_plain) {
    faults.push_back({std::move(field), ProblemCode::not_text, {}});
  }
}

bool is_host(const std::string& host) {
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '.' ||
           byte == '-';
  });
}

// Scheme, host and port alone: links are made by adding to it.
bool is_server_address(const std::string& address) {
  const bool is_web = address.starts_with("http://") || address.starts_with("https://");
  if (!is_web || address.size() > 200) return false;
  const std::string rest = address.substr(address.find("//") + 2);
  return !rest.empty() && std::ranges::all_of(rest, [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           std::string_view(".-:[]").find(byte) != std::string_view::npos;
  });
}

void check_mailbox(const MailboxChange& mailbox, std::vector<Fault>& faults) {
  if (!is_host(mailbox.host)) faults.push_back({"mailbox.host", ProblemCode::invalid, {{"expected", "smtp.example.cn"}}});
  if (mailbox.port < 1 || mailbox.port > 65535) {
    faults.push_back({"mailbox.port", ProblemCode::out_of_range, {{"low", "1"}, {"high", "65535"}}});
  }
  check_text(mailbox.login, 0, 254, "mailbox.login", faults);
  check_text(mailbox.password.value_or(""), 0, 256, "mailbox.password", faults);
  check_text(mailbox.from_name, 0, 64, "mailbox.from_name", faults);
  if (!mail::is_address(mailbox.from_address)) {
    faults.push_back({"mailbox.from_address", ProblemCode::invalid, {{"expected", "name@example.cn"}}});
  }
}

void check_robots(const SettingsChange& change, const Settings& before, const webhooks::Limits& limits,
                  std::vector<Fault>& faults) {
  constexpr std::size_t most = 10;
  if (change.robots.size() > most) faults.push_back({"robots", ProblemCode::too_many, {{"limit", std::to_string(most)}}});
  std::set<Id<Robot>> seen;
  for (std::size_t i = 0; i < change.robots.size(); ++i) {
    const RobotChange& robot = change.robots[i];
    const std::string at = "robots[" + std::to_string(i) + "].";
    if (!seen.insert(robot.id).second) faults.push_back({at + "id", ProblemCode::duplicate, {}});
    check_text(robot.name, 1, 64, at + "name", faults);
    check_text(robot.secret.value_or(""), 0, 256, at + "secret", faults);
    if (!robot.url && before.find_robot(robot.id.to_string()) == nullptr) {
      faults.push_back({at + "url", ProblemCode::required, {}});
    }
    if (robot.url && !webhooks::check_url(*robot.url, limits)) {
      faults.push_back({at + "url", ProblemCode::invalid, {{"expected", "https://…"}}});
    }
  }
}

void check_addresses(const SettingsChange& change, const std::vector<PlaceId>& places, std::vector<Fault>& faults) {
  std::set<PlaceId> seen;
  for (std::size_t i = 0; i < change.addresses.size(); ++i) {
    const auto& [place, address] = change.addresses[i];
    const std::string at = "addresses[" + std::to_string(i) + "].";
    if (std::ranges::count(places, place) == 0) {
      faults.push_back({at + "place", ProblemCode::unknown_place, {{"place", place.text()}}});
    }
    if (!seen.insert(place).second) faults.push_back({at + "place", ProblemCode::duplicate, {}});
    if (!mail::is_address(address)) {
      faults.push_back({at + "address", ProblemCode::invalid, {{"expected", "name@example.cn"}}});
    }
  }
}

StoredMailbox changed(const std::optional<StoredMailbox>& before, const MailboxChange& change, const Sealing& sealing) {
  StoredMailbox mailbox{
      change.host,         change.port,     change.security, change.login, before ? before->sealed_password : "",
      change.from_address, change.from_name};
  // A kept password goes to no other server than the one it was entered for.
  const bool is_elsewhere = before && (before->host != change.host || before->port != change.port);
  if (is_elsewhere) mailbox.sealed_password.clear();
  if (!change.password) return mailbox;
  mailbox.sealed_password =
      change.password->empty() ? "" : sealing.key.seal(*change.password, context(sealing.town, "mailbox"), sealing.randomness);
  return mailbox;
}

StoredRobot changed(const StoredRobot* before, const RobotChange& change, const Sealing& sealing) {
  StoredRobot robot = before != nullptr ? *before : StoredRobot();
  robot.id = change.id;
  robot.name = change.name;
  robot.kind = change.kind;
  robot.scheduled = change.scheduled;
  if (change.url) {
    constexpr std::size_t shown = 4;
    robot.sealed_url = sealing.key.seal(*change.url, context(sealing.town, change.id, "url"), sealing.randomness);
    robot.url_end = change.url->substr(change.url->size() - std::min(shown, change.url->size()));
  }
  if (!change.secret) return robot;
  robot.sealed_secret.clear();
  if (!change.secret->empty()) {
    robot.sealed_secret = sealing.key.seal(*change.secret, context(sealing.town, change.id, "secret"), sealing.randomness);
  }
  return robot;
}

}  // namespace

const StoredRobot* Settings::find_robot(const std::string& id) const {
  const auto found = std::ranges::find_if(robots, [&](const StoredRobot& robot) { return robot.id.to_string() == id; });
  return found == robots.end() ? nullptr : &*found;
}

const std::string* Settings::address_of(const PlaceId& place) const {
  const auto found = std::ranges::find(addresses, place, &PlaceAddress::place);
  return found == addresses.end() ? nullptr : &found->address;
}

Result<> check(const SettingsChange& change, const Settings& before, const std::vector<PlaceId>& places,
               const webhooks::Limits& limits) {
  std::vector<Fault> faults;
  if (const auto schedule = check(change.schedule); !schedule) {
    const Problem problem = schedule.error();
    faults = problem.faults();
  }
  if (change.address && !is_server_address(*change.address)) {
    faults.push_back({"address", ProblemCode::invalid, {{"expected", "https://wujin.example.cn"}}});
  }
  // Nobody is there to supply the link when a text goes out by itself.
  if (change.schedule.on && !change.address) faults.push_back({"address", ProblemCode::required, {}});
  if (change.mailbox) check_mailbox(*change.mailbox, faults);
  check_robots(change, before, limits, faults);
  check_addresses(change, places, faults);
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

Settings changed(const Settings& before, const SettingsChange& change, const Sealing& sealing, Instant now) {
  Settings after;
  after.address = change.address;
  if (change.mailbox) after.mailbox = changed(before.mailbox, *change.mailbox, sealing);
  for (const RobotChange& robot : change.robots) {
    after.robots.push_back(changed(before.find_robot(robot.id.to_string()), robot, sealing));
  }
  after.addresses = change.addresses;
  after.schedule = change.schedule;
  after.on_since = change.schedule == before.schedule ? before.on_since : std::optional(now);
  return after;
}

std::optional<mail::Server> server_of(const StoredMailbox& mailbox, const secrets::FieldKey& key, const PlaceId& town) {
  mail::Server server{mailbox.host, mailbox.port, mailbox.security, mailbox.login, ""};
  if (mailbox.sealed_password.empty()) return server;
  const auto password = key.open(mailbox.sealed_password, context(town, "mailbox"));
  if (!password) return std::nullopt;
  server.password = *password;
  return server;
}

std::optional<webhooks::Robot> robot_of(const StoredRobot& robot, const secrets::FieldKey& key, const PlaceId& town) {
  const auto url = key.open(robot.sealed_url, context(town, robot.id, "url"));
  if (!url) return std::nullopt;
  webhooks::Robot ready{robot.kind, *url, ""};
  if (robot.sealed_secret.empty()) return ready;
  const auto secret = key.open(robot.sealed_secret, context(town, robot.id, "secret"));
  if (!secret) return std::nullopt;
  ready.secret = *secret;
  return ready;
}

}  // namespace wujin::reminders
