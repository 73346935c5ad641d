#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "activities/activity.h"
#include "campaigns/campaigns_actions.h"
#include "database/database.h"
#include "database/migrate.h"

namespace wujin::activities {

std::span<const Migration> migrations();

// The present record, a deleted one included; nothing when the id was never used.
std::optional<Activity> find(Snapshot& snapshot, const Id<Activity>& id);

void insert(Transaction& transaction, const Activity& activity);
// Replaces what is kept under the activity's id; its version must be the next one.
void update(Transaction& transaction, const Activity& activity);
void mark_deleted(Transaction& transaction, const Id<Activity>& id, std::int64_t version, Instant at);

// The last record of a page: the next one begins after it.
struct Position {
  Instant started_at;
  Id<Activity> id;
  PlaceId place;
};

enum class Order : std::uint8_t { newest, oldest, place };  // by place: in the order of the codes, then the oldest first
BOOST_DESCRIBE_ENUM(Order, newest, oldest, place)

struct Query {
  CampaignId campaign;
  std::vector<PlaceId> towns;   // whole towns the caller may see
  std::vector<PlaceId> places;  // single places; used when no town is given
  std::optional<Month> month;   // by China date
  std::optional<Date> from;     // the first China date of it; likewise the last
  std::optional<Date> to;
  std::optional<std::string> entry;
  std::vector<std::string> kinds;  // any of them; none: all
  std::vector<std::string> forms;
  std::optional<std::string> audience;
  std::optional<std::string> work_item;
  std::optional<Organizer> organizer;  // what both held counts for either
  bool with_photos = false;            // those alone that show pictures
  std::string words;                   // searched in title, text and point; one character is enough
  Order order = Order::newest;
  std::optional<Position> after;
  int limit = 50;
};

// What a list shows of a record, for the moment it is visited.
struct Listed {
  Id<Activity> id;
  Instant started_at;
  std::string_view place;
  Side side = Side::village;
  bool has_photos = false;
  std::string_view record;  // ActivityRecord as JSON
};

// In the query's order, deleted ones left out.
void each_listed(Snapshot& snapshot, const Query& query, const std::function<void(const Listed&)>& visit);

// The same as whole records.
std::vector<Activity> list(Snapshot& snapshot, const Query& query);

// A record whose pictures are counted, not read: what leaves the house in a table.
struct CountedActivity : Activity {
  int photo_count = 0;
};
void each_counted(Snapshot& snapshot, const Query& query, const std::function<void(const CountedActivity&)>& visit);

// The pictures of several activities, each in its order; those without any are left out.
std::unordered_map<Id<Activity>, std::vector<ActivityPhoto>> photos_of(Snapshot& snapshot, std::span<const Id<Activity>> ids);

// Every present record of every campaign, without its pictures: what is counted anew is counted from these.
void each(Snapshot& snapshot, const std::function<void(const Activity&)>& visit);
bool has_any(Snapshot& snapshot);

// Writes the record as JSON beside its columns where an earlier version left none; at most `limit` of them. Answers how many.
int write_missing_records(Transaction& transaction, int limit);

// One place's activities of a report month, in the order they were held: what the month's report is laid out from.
std::vector<Activity> of_month(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town, const PlaceId& place,
                               Month month);

// What was done for a plan row.
struct Done {
  Id<plans::PlanRow> row;
  Id<Activity> activity;
  std::string title;
  Instant started_at;
};
std::vector<Done> done_for(Snapshot& snapshot, const CampaignId& campaign, std::span<const Id<plans::PlanRow>> rows);

// The newest moment an activity of a place was held, by place, for every place of a town that has one.
struct LastHeld {
  PlaceId place;
  Instant started_at;
};
std::vector<LastHeld> last_held(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town);

// How many activities each place of a town has recorded, of one report month or of the whole campaign; places with none are left
// out.
struct Recorded {
  PlaceId place;
  int activities = 0;
};
std::vector<Recorded> recorded(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town,
                               const std::optional<Month>& month);

// How many points below the village were reached, at one place or, given the town itself, anywhere in it.
std::int64_t points_used(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town, const PlaceId& place);

// Whether any record of a campaign, a deleted one included, names an identifier: such a one may not be dropped from the campaign.
bool is_identifier_in_use(Snapshot& snapshot, const CampaignId& campaign, campaigns::IdentifierKind kind, const std::string& id);

}  // namespace wujin::activities
