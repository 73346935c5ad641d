#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.h"
#include "mail/smtp.h"
#include "places/place.h"
#include "reminders/schedule.h"
#include "secrets/field_key.h"
#include "webhooks/robot.h"
#include "webhooks/sender.h"

// Where a town's reminders go out: its mailbox, its groups' robots, its places' addresses, its schedule.
namespace wujin::reminders {

using places::PlaceId;

struct Robot;

// As kept: what is secret is sealed (secrets/field_key.h).
struct StoredMailbox {
  std::string host;
  int port = 465;
  mail::Security security = mail::Security::tls;
  std::string login;
  std::string sealed_password;  // empty: none
  std::string from_address;
  std::string from_name;
};
BOOST_DESCRIBE_STRUCT(StoredMailbox, (), (host, port, security, login, sealed_password, from_address, from_name))

struct StoredRobot {
  Id<Robot> id;
  std::string name;  // of the group
  webhooks::RobotKind kind = webhooks::RobotKind::wecom;
  std::string sealed_url;
  std::string sealed_secret;  // empty: none
  std::string url_end;        // its last characters, to tell two of them apart
  bool scheduled = true;
};
BOOST_DESCRIBE_STRUCT(StoredRobot, (), (id, name, kind, sealed_url, sealed_secret, url_end, scheduled))

struct PlaceAddress {
  PlaceId place;
  std::string address;
};
BOOST_DESCRIBE_STRUCT(PlaceAddress, (), (place, address))

struct Settings {
  std::optional<std::string> address;  // of the server, as villages reach it
  std::optional<StoredMailbox> mailbox;
  std::vector<StoredRobot> robots;
  std::vector<PlaceAddress> addresses;
  Schedule schedule;
  std::optional<Instant> on_since;  // when the schedule was last switched on or changed

  const StoredRobot* find_robot(const std::string& id) const;
  const std::string* address_of(const PlaceId& place) const;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (address, mailbox, robots, addresses, schedule, on_since))

// As entered: a secret that is absent stays as it is, an empty one is taken away.
struct MailboxChange {
  std::string host;
  int port = 465;
  mail::Security security = mail::Security::tls;
  std::string login;
  std::optional<std::string> password;
  std::string from_address;
  std::string from_name;
};
BOOST_DESCRIBE_STRUCT(MailboxChange, (), (host, port, security, login, password, from_address, from_name))

struct RobotChange {
  Id<Robot> id;
  std::string name;
  webhooks::RobotKind kind = webhooks::RobotKind::wecom;
  std::optional<std::string> url;  // a new robot has one
  std::optional<std::string> secret;
  bool scheduled = true;
};
BOOST_DESCRIBE_STRUCT(RobotChange, (), (id, name, kind, url, secret, scheduled))

struct SettingsChange {
  std::optional<std::string> address;
  std::optional<MailboxChange> mailbox;
  std::vector<RobotChange> robots;
  std::vector<PlaceAddress> addresses;
  Schedule schedule;
};
BOOST_DESCRIBE_STRUCT(SettingsChange, (), (address, mailbox, robots, addresses, schedule))

// What sealing a town's secrets takes.
struct Sealing {
  const secrets::FieldKey& key;
  Randomness& randomness;
  PlaceId town;
};

// Every fault at once. `places` are the town's villages and communities.
Result<> check(const SettingsChange& change, const Settings& before, const std::vector<PlaceId>& places,
               const webhooks::Limits& limits);
Settings changed(const Settings& before, const SettingsChange& change, const Sealing& sealing, Instant now);

// Ready to use. Nothing when what is sealed does not open: the key file is another one.
std::optional<mail::Server> server_of(const StoredMailbox& mailbox, const secrets::FieldKey& key, const PlaceId& town);
std::optional<webhooks::Robot> robot_of(const StoredRobot& robot, const secrets::FieldKey& key, const PlaceId& town);

}  // namespace wujin::reminders
