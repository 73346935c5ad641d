#include "activities/activities_store.h"

#include <unordered_map>

#include "activities/asking.h"
#include "activities/words_store.h"
#include "base/described_enum.h"
#include "base/json.h"
#include "database/like.h"
#include "database/placeholders.h"

namespace wujin::activities {
namespace {

// In the order activity_of() reads them.
#define WUJIN_ACTIVITY_COLUMNS                                                                                              \
  "a.id, a.town, a.campaign, a.place, a.entry, a.started_at, a.title, a.text, a.date_only, a.kind, a.form, a.audiences, "   \
  "a.topics, a.settings, a.sector, a.work_item, a.organizer, a.point, a.ended_at, a.people_about, a.leaflets, a.partners, " \
  "a.plan_row, a.on_behalf_reason, a.recorded_at, a.clock_offset_ms, a.side, a.month, a.supplement, a.recorded_by, "        \
  "a.recorded_by_name, a.received_at, a.updated_at, a.version, a.deleted_at"

std::optional<std::vector<std::string>> list_of(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return decode_json<std::vector<std::string>>(row.text(column)).value();
}

std::optional<std::string> json_of(const std::optional<std::vector<std::string>>& list) {
  return list ? std::optional(encode_json(*list)) : std::nullopt;
}

std::optional<std::string> name_of(std::optional<Organizer> organizer) {
  return organizer ? std::optional<std::string>(boost::describe::enum_to_string(*organizer, "")) : std::nullopt;
}

Activity activity_of(const Row& row) {
  Activity activity;
  activity.id = row.id<Activity>(0);
  activity.town = row.key<places::Place>(1);
  activity.campaign = row.key<campaigns::Campaign>(2);
  activity.place = row.key<places::Place>(3);
  activity.entry = row.string(4);
  activity.started_at = row.instant(5);
  activity.title = row.string(6);
  activity.text = row.string(7);
  activity.date_only = row.maybe(8, &Row::boolean);
  activity.kind = row.maybe(9, &Row::string);
  activity.form = row.maybe(10, &Row::string);
  activity.audiences = list_of(row, 11);
  activity.topics = list_of(row, 12);
  activity.settings = list_of(row, 13);
  activity.sector = row.maybe(14, &Row::string);
  activity.work_item = row.maybe(15, &Row::string);
  if (!row.is_null(16)) activity.organizer = enum_of<Organizer>(row.text(16));
  activity.point = row.maybe(17, &Row::string);
  activity.ended_at = row.maybe(18, &Row::instant);
  activity.people_about = row.maybe(19, &Row::number);
  activity.leaflets = row.maybe(20, &Row::number);
  activity.partners = list_of(row, 21);
  if (!row.is_null(22)) activity.plan_row = row.id<plans::PlanRow>(22);
  activity.on_behalf_reason = row.maybe(23, &Row::string);
  activity.recorded_at = row.maybe(24, &Row::instant);
  activity.clock_offset_ms = row.maybe(25, &Row::integer);
  activity.side = enum_of<Side>(row.text(26));
  activity.month = row.month(27);
  activity.supplement = row.boolean(28);
  activity.recorded_by = row.id<people::Account>(29);
  activity.recorded_by_name = row.string(30);
  activity.received_at = row.instant(31);
  activity.updated_at = row.instant(32);
  activity.version = row.integer(33);
  activity.deleted = !row.is_null(34);
  return activity;
}

// Fills in the pictures of a page with one query.
void add_photos(Snapshot& snapshot, std::vector<Activity>& activities) {
  std::vector<Id<Activity>> ids;
  ids.reserve(activities.size());
  for (const Activity& activity : activities) ids.push_back(activity.id);
  auto photos = photos_of(snapshot, ids);
  for (Activity& activity : activities) {
    if (const auto found = photos.find(activity.id); found != photos.end()) activity.photos = std::move(found->second);
  }
}

constexpr auto sql_delete_photos = "DELETE FROM activity_photos WHERE activity = $1";
constexpr auto sql_insert_photo = "INSERT INTO activity_photos (activity, position, photo, caption) VALUES ($1, $2, $3, $4)";

void insert_photos(Transaction& transaction, const Activity& activity) {
  int position = 0;
  for (const ActivityPhoto& photo : activity.photos) {
    transaction.execute(sql_insert_photo, {activity.id, position++, photo.id, photo.caption});
  }
}

}  // namespace

std::unordered_map<Id<Activity>, std::vector<ActivityPhoto>> photos_of(Snapshot& snapshot, std::span<const Id<Activity>> ids) {
  std::unordered_map<Id<Activity>, std::vector<ActivityPhoto>> photos;
  if (ids.empty()) return photos;
  const std::vector<Value> parameters(ids.begin(), ids.end());
  const std::string sql = "SELECT activity, photo, caption FROM activity_photos WHERE activity IN (" +
                          placeholders(1, parameters.size()) + ") ORDER BY activity, position";
  snapshot.each(sql, parameters, [&](const Row& row) {
    photos[row.id<Activity>(0)].push_back({row.id<Photo>(1), row.maybe(2, &Row::string)});
  });
  return photos;
}

constexpr auto sql_find = "SELECT " WUJIN_ACTIVITY_COLUMNS " FROM activities a WHERE a.id = $1";

std::optional<Activity> find(Snapshot& snapshot, const Id<Activity>& id) {
  std::vector<Activity> found;
  snapshot.each(sql_find, {id}, [&](const Row& row) { found.push_back(activity_of(row)); });
  add_photos(snapshot, found);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

constexpr auto sql_insert =
    "INSERT INTO activities (id, town, campaign, place, entry, started_at, title, text, date_only, kind, form, audiences, "
    "topics, "
    "settings, sector, work_item, organizer, point, ended_at, people_about, leaflets, partners, plan_row, on_behalf_reason, "
    "recorded_at, clock_offset_ms, side, month, supplement, recorded_by, recorded_by_name, received_at, updated_at, version, "
    "photos, record) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, "
    "$26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)";

void insert(Transaction& transaction, const Activity& activity) {
  const auto audiences = json_of(activity.audiences), topics = json_of(activity.topics), settings = json_of(activity.settings),
             partners = json_of(activity.partners), organizer = name_of(activity.organizer);
  const std::string record = encode_json(record_of(activity));
  const std::string_view side = boost::describe::enum_to_string(activity.side, "");
  forget_words(transaction, activity.campaign, activity.started_at);
  transaction.execute(sql_insert, {activity.id,
                                   activity.town,
                                   activity.campaign,
                                   activity.place,
                                   activity.entry,
                                   activity.started_at,
                                   activity.title,
                                   activity.text,
                                   activity.date_only,
                                   activity.kind,
                                   activity.form,
                                   audiences,
                                   topics,
                                   settings,
                                   activity.sector,
                                   activity.work_item,
                                   organizer,
                                   activity.point,
                                   activity.ended_at,
                                   activity.people_about,
                                   activity.leaflets,
                                   partners,
                                   activity.plan_row,
                                   activity.on_behalf_reason,
                                   activity.recorded_at,
                                   activity.clock_offset_ms,
                                   side,
                                   activity.month,
                                   activity.supplement,
                                   activity.recorded_by,
                                   activity.recorded_by_name,
                                   activity.received_at,
                                   activity.updated_at,
                                   activity.version,
                                   static_cast<std::int64_t>(activity.photos.size()),
                                   record});
  insert_photos(transaction, activity);
}

constexpr auto sql_update =
    "UPDATE activities SET campaign = $2, place = $3, town = $4, entry = $5, started_at = $6, title = $7, text = $8, "
    "date_only = $9, kind = $10, form = $11, audiences = $12, topics = $13, settings = $14, sector = $15, work_item = $16, "
    "organizer = $17, point = $18, ended_at = $19, people_about = $20, leaflets = $21, partners = $22, plan_row = $23, "
    "on_behalf_reason = $24, month = $25, supplement = $26, updated_at = $27, version = $28, photos = $29, record = $30 "
    "WHERE id = $1";

void update(Transaction& transaction, const Activity& activity) {
  const auto audiences = json_of(activity.audiences), topics = json_of(activity.topics), settings = json_of(activity.settings),
             partners = json_of(activity.partners), organizer = name_of(activity.organizer);
  const std::string record = encode_json(record_of(activity));
  forget_words(transaction, activity.campaign, activity.started_at);
  transaction.execute(sql_update, {activity.id,
                                   activity.campaign,
                                   activity.place,
                                   activity.town,
                                   activity.entry,
                                   activity.started_at,
                                   activity.title,
                                   activity.text,
                                   activity.date_only,
                                   activity.kind,
                                   activity.form,
                                   audiences,
                                   topics,
                                   settings,
                                   activity.sector,
                                   activity.work_item,
                                   organizer,
                                   activity.point,
                                   activity.ended_at,
                                   activity.people_about,
                                   activity.leaflets,
                                   partners,
                                   activity.plan_row,
                                   activity.on_behalf_reason,
                                   activity.month,
                                   activity.supplement,
                                   activity.updated_at,
                                   activity.version,
                                   static_cast<std::int64_t>(activity.photos.size()),
                                   record});
  transaction.execute(sql_delete_photos, {activity.id});
  insert_photos(transaction, activity);
}

constexpr auto sql_mark_deleted =
    "UPDATE activities SET deleted_at = $2, updated_at = $2, version = $3, photos = 0 WHERE id = $1";

void mark_deleted(Transaction& transaction, const Id<Activity>& id, std::int64_t version, Instant at) {
  transaction.execute(sql_mark_deleted, {id, at, version});
  transaction.execute(sql_delete_photos, {id});
}

constexpr std::string_view sql_listed = "SELECT a.id, a.started_at, a.place, a.side, a.photos, a.record FROM activities a";

void each_listed(Snapshot& snapshot, const Query& query, const std::function<void(const Listed&)>& visit) {
  each_asked(snapshot, sql_listed, query, [&](const Row& row) {
    const Side side = row.text(3) == "village" ? Side::village : Side::station;
    visit({row.id<Activity>(0), row.instant(1), row.text(2), side, row.boolean(4), row.text(5)});
  });
}

std::vector<Activity> list(Snapshot& snapshot, const Query& query) {
  std::vector<Activity> activities;
  each_asked(snapshot, "SELECT " WUJIN_ACTIVITY_COLUMNS " FROM activities a", query,
             [&](const Row& row) { activities.push_back(activity_of(row)); });
  add_photos(snapshot, activities);
  return activities;
}

void each_counted(Snapshot& snapshot, const Query& query, const std::function<void(const CountedActivity&)>& visit) {
  constexpr int photos = 35;  // after the record's own columns
  each_asked(snapshot, "SELECT " WUJIN_ACTIVITY_COLUMNS ", a.photos FROM activities a", query, [&](const Row& row) {
    visit({activity_of(row), row.number(photos)});
  });
}

constexpr auto sql_each = "SELECT " WUJIN_ACTIVITY_COLUMNS " FROM activities a WHERE a.deleted_at IS NULL";

void each(Snapshot& snapshot, const std::function<void(const Activity&)>& visit) {
  snapshot.each(sql_each, {}, [&](const Row& row) { visit(activity_of(row)); });
}

bool has_any(Snapshot& snapshot) {
  constexpr auto sql = "SELECT 1 FROM activities WHERE deleted_at IS NULL LIMIT 1";
  return snapshot.first(sql, {}, [](const Row& row) { return row.integer(0); }).has_value();
}

constexpr auto sql_without_record = "SELECT " WUJIN_ACTIVITY_COLUMNS " FROM activities a WHERE a.record IS NULL LIMIT $1";
constexpr auto sql_write_record = "UPDATE activities SET record = $2 WHERE id = $1";

int write_missing_records(Transaction& transaction, int limit) {
  std::vector<Activity> found;
  transaction.each(sql_without_record, {limit}, [&](const Row& row) { found.push_back(activity_of(row)); });
  for (const Activity& activity : found) {
    const std::string record = encode_json(record_of(activity));
    transaction.execute(sql_write_record, {activity.id, record});
  }
  return static_cast<int>(found.size());
}

constexpr auto sql_of_month =
    "SELECT " WUJIN_ACTIVITY_COLUMNS
    " FROM activities a WHERE a.town = $1 AND a.campaign = $2 AND a.place = $3 AND a.started_at >= $4 AND a.started_at < $5 "
    "AND a.month = $6 AND a.deleted_at IS NULL ORDER BY a.started_at, a.id";

std::vector<Activity> of_month(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town, const PlaceId& place,
                               Month month) {
  std::vector<Activity> activities;
  // The last days before a month may belong to its report.
  const Instant from = start_of(first_day(plus_months(month, -1)));
  const Instant until = end_of(last_day(month));
  snapshot.each(sql_of_month, {town, campaign, place, from, until, month},
                [&](const Row& row) { activities.push_back(activity_of(row)); });
  add_photos(snapshot, activities);
  return activities;
}

std::vector<Done> done_for(Snapshot& snapshot, const CampaignId& campaign, std::span<const Id<plans::PlanRow>> rows) {
  if (rows.empty()) return {};
  std::vector<Value> parameters = {campaign};
  for (const auto& row : rows) parameters.emplace_back(row);
  const std::string sql = "SELECT plan_row, id, title, started_at FROM activities WHERE campaign = $1 AND plan_row IN (" +
                          placeholders(2, rows.size()) + ") AND deleted_at IS NULL ORDER BY started_at, id";
  std::vector<Done> done;
  snapshot.each(sql, parameters, [&](const Row& row) {
    done.push_back({row.id<plans::PlanRow>(0), row.id<Activity>(1), row.string(2), row.instant(3)});
  });
  return done;
}

constexpr auto sql_last_held =
    "SELECT place, MAX(started_at) FROM activities WHERE town = $1 AND campaign = $2 AND deleted_at IS NULL GROUP BY place "
    "ORDER BY place";

std::vector<LastHeld> last_held(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town) {
  std::vector<LastHeld> list;
  snapshot.each(sql_last_held, {town, campaign}, [&](const Row& row) {
    list.push_back({row.key<places::Place>(0), row.instant(1)});
  });
  return list;
}

constexpr auto sql_recorded =
    "SELECT place, COUNT(*) FROM activities WHERE town = $1 AND campaign = $2 AND deleted_at IS NULL AND ($3 = '' OR month = $3) "
    "GROUP BY place ORDER BY place";

std::vector<Recorded> recorded(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town,
                               const std::optional<Month>& month) {
  std::vector<Recorded> list;
  const std::string of = month ? to_string(*month) : "";
  snapshot.each(sql_recorded, {town, campaign, of}, [&](const Row& row) {
    list.push_back({row.key<places::Place>(0), row.number(1)});
  });
  return list;
}

namespace {

using campaigns::IdentifierKind;

// The column an identifier stands in: plain, or one of a JSON list.
struct Column {
  std::string_view name;
  bool is_list = false;
};
std::optional<Column> column_of(IdentifierKind kind) {
  switch (kind) {
    case IdentifierKind::entry:
      return Column{"entry"};
    case IdentifierKind::kind:
      return Column{"kind"};
    case IdentifierKind::form:
      return Column{"form"};
    case IdentifierKind::sector:
      return Column{"sector"};
    case IdentifierKind::work_item:
      return Column{"work_item"};
    case IdentifierKind::audience:
      return Column{"audiences", true};
    case IdentifierKind::topic:
      return Column{"topics", true};
    case IdentifierKind::setting:
      return Column{"settings", true};
    case IdentifierKind::deadline:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

constexpr std::string_view sql_points_used =
    "SELECT count(*) FROM (SELECT DISTINCT place, point FROM activities "
    "WHERE town = $1 AND campaign = $2 AND ($3 = $1 OR place = $3) AND point IS NOT NULL AND deleted_at IS NULL) AS used";

std::int64_t points_used(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town, const PlaceId& place) {
  return snapshot.first(sql_points_used, {town, campaign, place}, [](const Row& row) { return row.integer(0); }).value_or(0);
}

bool is_identifier_in_use(Snapshot& snapshot, const CampaignId& campaign, IdentifierKind kind, const std::string& id) {
  const auto column = column_of(kind);
  if (!column) return false;
  const std::string condition = column->is_list ? " LIKE $2 ESCAPE '\\'" : " = $2";
  const std::string sql =
      "SELECT 1 FROM activities WHERE campaign = $1 AND " + std::string(column->name) + condition + " LIMIT 1";
  const std::string value = column->is_list ? like_anywhere('"' + id + '"') : id;
  return snapshot.first(sql, {campaign, value}, [](const Row& row) { return row.integer(0); }).has_value();
}

}  // namespace wujin::activities
