#include "plans/plans_store.h"

#include "base/json.h"

namespace wujin::plans {
namespace {

// In the order row_of() reads them.
#define WUJIN_PLAN_ROW_COLUMNS                                                                                            \
  "id, month, week_label, from_day, to_day, places, focus, topic, in_charge, position, version, updated_at, updated_by, " \
  "deleted_at"

PlanRow row_of(const Row& row) {
  PlanRow plan_row;
  plan_row.id = row.id<PlanRow>(0);
  plan_row.month = row.month(1);
  plan_row.week_label = row.maybe(2, &Row::string);
  plan_row.from = row.date(3);
  plan_row.to = row.date(4);
  plan_row.places = decode_json<std::vector<PlaceId>>(row.text(5)).value();
  plan_row.focus = row.string(6);
  plan_row.topic = row.maybe(7, &Row::string);
  plan_row.in_charge = row.string(8);
  plan_row.order = row.number(9);
  plan_row.version = row.integer(10);
  plan_row.updated_at = row.instant(11);
  plan_row.updated_by = row.string(12);
  plan_row.deleted = !row.is_null(13);
  return plan_row;
}

// With the plan's own campaign and place behind the row's columns.
FoundRow found_row_of(const Row& row) { return {row_of(row), row.key<campaigns::Campaign>(14), row.key<places::Place>(15)}; }

std::vector<FoundRow> found_rows(Snapshot& snapshot, std::string_view sql, std::initializer_list<Value> parameters) {
  std::vector<FoundRow> rows;
  snapshot.each(sql, parameters, [&](const Row& row) { rows.push_back(found_row_of(row)); });
  return rows;
}

}  // namespace

constexpr auto sql_find_head =
    "SELECT note, week_label, version, signed_off_at, signed_off_by, signed_off_digest FROM plans WHERE campaign = $1 AND place "
    "= $2";

PlanHead find_head(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& place) {
  PlanHead head;
  snapshot.each(sql_find_head, {campaign, place}, [&](const Row& row) {
    head.note = row.maybe(0, &Row::string);
    if (const auto word = row.maybe(1, &Row::string)) {
      campaigns::WeekLabel label{};
      if (boost::describe::enum_from_string(word->c_str(), label)) head.week_label = label;
    }
    head.version = row.integer(2);
    head.signed_off_at = row.maybe(3, &Row::instant);
    head.signed_off_by = row.maybe(4, &Row::string);
    head.signed_off_digest = row.maybe(5, &Row::string).value_or("");
  });
  return head;
}

constexpr auto sql_keep_head =
    "INSERT INTO plans (campaign, place, note, week_label, version, signed_off_at, signed_off_by, signed_off_digest) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (campaign, place) DO UPDATE SET note = excluded.note, "
    "week_label = excluded.week_label, version = excluded.version, signed_off_at = excluded.signed_off_at, "
    "signed_off_by = excluded.signed_off_by, signed_off_digest = excluded.signed_off_digest";

void keep_head(Transaction& transaction, const CampaignId& campaign, const PlaceId& place, const PlanHead& head) {
  std::optional<std::string> label;
  if (head.week_label) label = boost::describe::enum_to_string(*head.week_label, "");
  transaction.execute(sql_keep_head, {campaign, place, head.note, label, head.version, head.signed_off_at, head.signed_off_by,
                                      head.signed_off_digest});
}

constexpr auto sql_rows_of = "SELECT " WUJIN_PLAN_ROW_COLUMNS
                             " FROM plan_rows WHERE campaign = $1 AND place = $2 AND deleted_at IS NULL "
                             "ORDER BY month, from_day, position, id";

std::vector<PlanRow> rows_of(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& place) {
  std::vector<PlanRow> rows;
  snapshot.each(sql_rows_of, {campaign, place}, [&](const Row& row) { rows.push_back(row_of(row)); });
  return rows;
}

constexpr auto sql_find_row = "SELECT " WUJIN_PLAN_ROW_COLUMNS ", campaign, place FROM plan_rows WHERE id = $1";

std::optional<FoundRow> find_row(Snapshot& snapshot, const Id<PlanRow>& id) {
  return snapshot.first(sql_find_row, {id}, &found_row_of);
}

constexpr auto sql_rows_touching = "SELECT " WUJIN_PLAN_ROW_COLUMNS
                                   ", campaign, place FROM plan_rows WHERE campaign = $1 AND from_day <= $3 AND to_day >= $2 "
                                   "AND deleted_at IS NULL ORDER BY place, from_day, position, id";

std::vector<FoundRow> rows_touching(Snapshot& snapshot, const CampaignId& campaign, Date from, Date to) {
  return found_rows(snapshot, sql_rows_touching, {campaign, from, to});
}

constexpr auto sql_rows_of_month = "SELECT " WUJIN_PLAN_ROW_COLUMNS
                                   ", campaign, place FROM plan_rows WHERE campaign = $1 AND month = $2 AND deleted_at IS NULL "
                                   "ORDER BY place, from_day, position, id";

std::vector<FoundRow> rows_of_month(Snapshot& snapshot, const CampaignId& campaign, Month month) {
  return found_rows(snapshot, sql_rows_of_month, {campaign, month});
}

constexpr auto sql_rows_not_over = "SELECT " WUJIN_PLAN_ROW_COLUMNS
                                   ", campaign, place FROM plan_rows WHERE place = $1 AND to_day >= $2 AND deleted_at IS NULL "
                                   "ORDER BY campaign, from_day, position, id";

std::vector<FoundRow> rows_not_over(Snapshot& snapshot, const PlaceId& place, Date from) {
  return found_rows(snapshot, sql_rows_not_over, {place, from});
}

constexpr auto sql_insert_row =
    "INSERT INTO plan_rows (id, campaign, place, month, week_label, from_day, to_day, places, focus, topic, in_charge, position, "
    "version, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

void insert_row(Transaction& transaction, const CampaignId& campaign, const PlaceId& place, const PlanRow& row) {
  const std::string places = encode_json(row.places);
  transaction.execute(sql_insert_row, {row.id, campaign, place, row.month, row.week_label, row.from, row.to, places, row.focus,
                                       row.topic, row.in_charge, row.order, row.version, row.updated_at, row.updated_by});
}

constexpr auto sql_update_row =
    "UPDATE plan_rows SET month = $2, week_label = $3, from_day = $4, to_day = $5, places = $6, focus = $7, topic = $8, "
    "in_charge = $9, position = $10, version = $11, updated_at = $12, updated_by = $13 WHERE id = $1";

void update_row(Transaction& transaction, const PlanRow& row) {
  const std::string places = encode_json(row.places);
  transaction.execute(sql_update_row, {row.id, row.month, row.week_label, row.from, row.to, places, row.focus, row.topic,
                                       row.in_charge, row.order, row.version, row.updated_at, row.updated_by});
}

constexpr auto sql_mark_row_deleted = "UPDATE plan_rows SET deleted_at = $3, updated_at = $3, version = $2 WHERE id = $1";

void mark_row_deleted(Transaction& transaction, const Id<PlanRow>& id, std::int64_t version, Instant at) {
  transaction.execute(sql_mark_row_deleted, {id, version, at});
}

}  // namespace wujin::plans
