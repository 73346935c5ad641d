#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "reminders/message.h"
#include "reminders/reminders_actions.h"
#include "reminders/settings.h"

// Reminders as the wire tells them (contract: Reminder, ReminderPreview, ReminderSettings).
namespace wujin::reminders {

struct MessageAnswer {
  Id<Message> id;
  CampaignId campaign;
  Date due_on;
  Kind kind = Kind::before;
  Channel channel = Channel::robot;
  std::string receiver_name;
  std::string text;
  std::optional<std::string> by;
  Instant created_at;
  State state = State::waiting;
  int attempts = 0;
  std::optional<std::string> cause;
  std::optional<Instant> settled_at;
};
BOOST_DESCRIBE_STRUCT(MessageAnswer, (),
                      (id, campaign, due_on, kind, channel, receiver_name, text, by, created_at, state, attempts, cause,
                       settled_at))
MessageAnswer answer_of(const Message& message);

struct PreviewPlace {
  PlaceId place;
  std::string place_name;
  int recorded = 0;
  bool has_address = false;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(PreviewPlace, (), (place, place_name, recorded, has_address, text))

struct PreviewRobot {
  Id<Robot> id;
  std::string name;
  webhooks::RobotKind kind = webhooks::RobotKind::wecom;
};
BOOST_DESCRIBE_STRUCT(PreviewRobot, (), (id, name, kind))

struct PreviewAnswer {
  Kind kind = Kind::before;
  Date due_on;
  std::string group_text;
  std::vector<PreviewPlace> places;
  std::vector<PreviewRobot> robots;
  bool can_mail = false;
};
BOOST_DESCRIBE_STRUCT(PreviewAnswer, (), (kind, due_on, group_text, places, robots, can_mail))
PreviewAnswer answer_of(const Preview& preview);

struct MailboxAnswer {
  std::string host;
  int port = 465;
  mail::Security security = mail::Security::tls;
  std::string login;
  bool has_password = false;
  std::string from_address;
  std::string from_name;
};
BOOST_DESCRIBE_STRUCT(MailboxAnswer, (), (host, port, security, login, has_password, from_address, from_name))

struct RobotAnswer {
  Id<Robot> id;
  std::string name;
  webhooks::RobotKind kind = webhooks::RobotKind::wecom;
  std::string url_end;
  bool has_secret = false;
  bool scheduled = true;
};
BOOST_DESCRIBE_STRUCT(RobotAnswer, (), (id, name, kind, url_end, has_secret, scheduled))

struct SettingsAnswer {
  PlaceId town;
  std::optional<std::string> address;
  std::optional<MailboxAnswer> mailbox;
  std::vector<RobotAnswer> robots;
  std::vector<PlaceAddress> addresses;
  Schedule schedule;
  std::vector<OfficeDay> office_days;
  std::string etag;
};
BOOST_DESCRIBE_STRUCT(SettingsAnswer, (), (town, address, mailbox, robots, addresses, schedule, office_days, etag))
SettingsAnswer answer_of(const PlaceId& town, const KeptSettings& kept, std::vector<OfficeDay> office_days);

}  // namespace wujin::reminders
