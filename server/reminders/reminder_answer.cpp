#include "reminders/reminder_answer.h"

namespace wujin::reminders {

MessageAnswer answer_of(const Message& message) {
  MessageAnswer answer;
  answer.id = message.id;
  answer.campaign = message.campaign;
  answer.due_on = message.due_on;
  answer.kind = message.kind;
  answer.channel = message.channel;
  answer.receiver_name = message.receiver_name;
  answer.text = message.text;
  answer.by = message.by;
  answer.created_at = message.created_at;
  answer.state = message.state;
  answer.attempts = message.attempts;
  if (!message.cause.empty()) answer.cause = message.cause;
  answer.settled_at = message.settled_at;
  return answer;
}

PreviewAnswer answer_of(const Preview& preview) {
  const DueTown& town = preview.town;
  const Settings& settings = town.kept.settings;
  PreviewAnswer answer;
  answer.kind = preview.kind;
  answer.due_on = town.day.on;
  answer.group_text = group_text(town.campaign(), town.day, preview.owing, town.telling);
  for (const Owing& one : preview.owing) {
    const auto recorded = town.telling.recorded.find(one.place);
    answer.places.push_back({one.place, one.name, recorded == town.telling.recorded.end() ? 0 : recorded->second,
                             settings.address_of(one.place) != nullptr,
                             place_text(town.campaign(), town.day, one, town.telling)});
  }
  for (const StoredRobot& robot : settings.robots) answer.robots.push_back({robot.id, robot.name, robot.kind});
  answer.can_mail = settings.mailbox.has_value();
  return answer;
}

SettingsAnswer answer_of(const PlaceId& town, const KeptSettings& kept, std::vector<OfficeDay> office_days) {
  const Settings& settings = kept.settings;
  SettingsAnswer answer;
  answer.town = town;
  answer.address = settings.address;
  if (settings.mailbox) {
    const StoredMailbox& mailbox = *settings.mailbox;
    answer.mailbox =
        MailboxAnswer{mailbox.host,         mailbox.port,     mailbox.security, mailbox.login, !mailbox.sealed_password.empty(),
                      mailbox.from_address, mailbox.from_name};
  }
  for (const StoredRobot& robot : settings.robots) {
    answer.robots.push_back({robot.id, robot.name, robot.kind, robot.url_end, !robot.sealed_secret.empty(), robot.scheduled});
  }
  answer.addresses = settings.addresses;
  answer.schedule = settings.schedule;
  answer.office_days = std::move(office_days);
  answer.etag = etag_of(kept);
  return answer;
}

}  // namespace wujin::reminders
