#include "reminders/reminders_store.h"

#include <limits>

#include "base/described_enum.h"
#include "base/json.h"

namespace wujin::reminders {
namespace {

#define WUJIN_REMINDER_COLUMNS                                                                                      \
  "id, town, campaign, due_on, kind, channel, receiver, receiver_name, subject, text, sent_by, created_at, state, " \
  "attempts, cause, settled_at"

Message message_of(const Row& row) {
  Message message;
  message.id = row.id<Message>(0);
  message.town = row.key<places::Place>(1);
  message.campaign = row.key<Campaign>(2);
  message.due_on = row.date(3);
  message.kind = enum_of<Kind>(row.text(4));
  message.channel = enum_of<Channel>(row.text(5));
  message.receiver = row.string(6);
  message.receiver_name = row.string(7);
  message.subject = row.string(8);
  message.text = row.string(9);
  message.by = row.maybe(10, &Row::string);
  message.created_at = row.instant(11);
  message.state = enum_of<State>(row.text(12));
  message.attempts = row.number(13);
  message.cause = row.string(14);
  message.settled_at = row.maybe(15, &Row::instant);
  return message;
}

}  // namespace

KeptSettings read_settings(Snapshot& snapshot, const PlaceId& town) {
  const auto kept = snapshot.first("SELECT version, body FROM reminder_settings WHERE town = $1", {town}, [](const Row& row) {
    return KeptSettings{decode_json<Settings>(row.text(1)).value(), row.integer(0)};
  });
  return kept.value_or(KeptSettings());
}

constexpr std::string_view upsert_settings = R"(
  INSERT INTO reminder_settings (town, version, body) VALUES ($1, $2, $3)
  ON CONFLICT (town) DO UPDATE SET version = $2, body = $3)";
void write_settings(Transaction& transaction, const PlaceId& town, const KeptSettings& kept) {
  transaction.execute(upsert_settings, {town, kept.version, encode_json(kept.settings)});
}

std::vector<PlaceId> towns_with_settings(Snapshot& snapshot) {
  std::vector<PlaceId> towns;
  snapshot.each("SELECT town FROM reminder_settings ORDER BY town", {},
                [&](const Row& row) { towns.push_back(row.key<places::Place>(0)); });
  return towns;
}

std::vector<OfficeDay> office_days_of(Snapshot& snapshot, const PlaceId& town) {
  std::vector<OfficeDay> days;
  snapshot.each("SELECT day, is_off, name FROM reminder_office_days WHERE town = $1 ORDER BY day", {town}, [&](const Row& row) {
    days.push_back({row.date(0), row.boolean(1), row.string(2)});
  });
  return days;
}

constexpr std::string_view delete_year = "DELETE FROM reminder_office_days WHERE town = $1 AND day >= $2 AND day <= $3";
constexpr std::string_view insert_day = "INSERT INTO reminder_office_days (town, day, is_off, name) VALUES ($1, $2, $3, $4)";
void replace_office_days(Transaction& transaction, const PlaceId& town, int year, const std::vector<OfficeDay>& days) {
  const auto digits = std::to_string(year);
  transaction.execute(delete_year, {town, digits + "-01-01", digits + "-12-31"});
  for (const OfficeDay& day : days) transaction.execute(insert_day, {town, day.date, day.off, day.name});
}

constexpr std::string_view insert_slot =
    "INSERT INTO reminder_slots (campaign, due_on, slot) VALUES ($1, $2, $3) ON CONFLICT (campaign, due_on, slot) DO NOTHING";
bool take_slot(Transaction& transaction, const CampaignId& campaign, Date due_on, Instant slot) {
  return transaction.execute_counted(insert_slot, {campaign, due_on, slot}) > 0;
}

constexpr auto insert_message = "INSERT INTO reminders (" WUJIN_REMINDER_COLUMNS
                                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
void insert(Transaction& transaction, const Message& message) {
  transaction.execute(insert_message, {message.id, message.town, message.campaign, message.due_on, name_of(message.kind),
                                       name_of(message.channel), message.receiver, message.receiver_name, message.subject,
                                       message.text, message.by, message.created_at, name_of(message.state), message.attempts,
                                       message.cause, message.settled_at});
}

std::optional<Message> find(Snapshot& snapshot, const Id<Message>& id) {
  return snapshot.first("SELECT " WUJIN_REMINDER_COLUMNS " FROM reminders WHERE id = $1", {id}, &message_of);
}

constexpr std::string_view update_message =
    "UPDATE reminders SET state = $2, attempts = $3, cause = $4, text = $5, settled_at = $6 WHERE id = $1";
void update(Transaction& transaction, const Message& message) {
  transaction.execute(update_message,
                      {message.id, name_of(message.state), message.attempts, message.cause, message.text, message.settled_at});
}

constexpr auto select_page = "SELECT " WUJIN_REMINDER_COLUMNS
                             " FROM reminders WHERE campaign = $1 AND (created_at < $2 OR (created_at = $2 AND id < $3)) "
                             "ORDER BY created_at DESC, id DESC LIMIT $4";
std::vector<Message> list(Snapshot& snapshot, const CampaignId& campaign, const std::optional<Position>& below, int limit) {
  const Instant latest = from_milliseconds(std::numeric_limits<std::int64_t>::max());
  std::vector<Message> found;
  snapshot.each(select_page, {campaign, below ? below->created_at : latest, below ? below->id : Id<Message>(), limit},
                [&](const Row& row) { found.push_back(message_of(row)); });
  return found;
}

}  // namespace wujin::reminders
