#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "reminders/message.h"
#include "reminders/settings.h"

namespace wujin::reminders {

std::span<const Migration> migrations();

// A town that set nothing has version 0 and the defaults.
struct KeptSettings {
  Settings settings;
  std::int64_t version = 0;
};
KeptSettings read_settings(Snapshot& snapshot, const PlaceId& town);
void write_settings(Transaction& transaction, const PlaceId& town, const KeptSettings& kept);
std::vector<PlaceId> towns_with_settings(Snapshot& snapshot);

std::vector<OfficeDay> office_days_of(Snapshot& snapshot, const PlaceId& town);
void replace_office_days(Transaction& transaction, const PlaceId& town, int year, const std::vector<OfficeDay>& days);

// False when the slot was taken before.
bool take_slot(Transaction& transaction, const CampaignId& campaign, Date due_on, Instant slot);

void insert(Transaction& transaction, const Message& message);
std::optional<Message> find(Snapshot& snapshot, const Id<Message>& id);
// Keeps state, attempts, cause, text and when it was settled.
void update(Transaction& transaction, const Message& message);

struct Position {
  Instant created_at;
  Id<Message> id;
};
// The latest first.
std::vector<Message> list(Snapshot& snapshot, const CampaignId& campaign, const std::optional<Position>& below, int limit);

}  // namespace wujin::reminders
