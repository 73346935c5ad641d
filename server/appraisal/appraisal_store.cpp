#include "appraisal/appraisal_store.h"

#include "base/json.h"

namespace wujin::appraisal {
namespace {

// In the order version_of() and objection_of() read them.
#define WUJIN_VERSION_COLUMNS "id, number, frozen_at, frozen_by, note"
#define WUJIN_OBJECTION_COLUMNS \
  "id, campaign, town, place, item, text, made_at, made_by, version, answer, upheld, answered_at, answered_by"

Version version_of(const Row& row) {
  return {row.id<VersionRecord>(0), row.number(1), row.instant(2), row.string(3), row.string(4)};
}

Objection objection_of(const Row& row) {
  Objection objection;
  objection.id = row.id<ObjectionRecord>(0);
  objection.campaign = row.key<Campaign>(1);
  objection.town = row.key<places::Place>(2);
  objection.place = row.key<places::Place>(3);
  objection.item = row.string(4);
  objection.text = row.string(5);
  objection.made_at = row.instant(6);
  objection.made_by = row.string(7);
  objection.version = row.integer(8);
  if (!row.is_null(9)) objection.answer = Answer{row.string(9), row.boolean(10), row.instant(11), row.string(12)};
  return objection;
}

}  // namespace

constexpr auto sql_versions = "SELECT " WUJIN_VERSION_COLUMNS " FROM appraisal_versions WHERE campaign = $1 ORDER BY number DESC";

std::vector<Version> versions_of(Snapshot& snapshot, const CampaignId& campaign) {
  std::vector<Version> versions;
  snapshot.each(sql_versions, {campaign}, [&](const Row& row) { versions.push_back(version_of(row)); });
  return versions;
}

constexpr auto sql_find_version = "SELECT " WUJIN_VERSION_COLUMNS " FROM appraisal_versions WHERE id = $1";

std::optional<Version> find_version(Snapshot& snapshot, const VersionId& id) {
  return snapshot.first(sql_find_version, {id}, &version_of);
}

constexpr auto sql_content = "SELECT content FROM appraisal_versions WHERE campaign = $1 AND number = $2";

std::optional<Appraisal> content_of(Snapshot& snapshot, const CampaignId& campaign, int number) {
  return snapshot.first(sql_content, {campaign, number},
                        [](const Row& row) { return decode_json<Appraisal>(row.text(0)).value(); });
}

constexpr auto sql_insert_version =
    "INSERT INTO appraisal_versions (campaign, town, content, " WUJIN_VERSION_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

void insert(Transaction& transaction, const Version& version, const PlaceId& town, const Appraisal& content) {
  const std::string text = encode_json(content);
  transaction.execute(sql_insert_version, {content.campaign, town, text, version.id, version.number, version.frozen_at,
                                           version.frozen_by, version.note});
}

constexpr auto sql_find_objection = "SELECT " WUJIN_OBJECTION_COLUMNS " FROM appraisal_objections WHERE id = $1";

std::optional<Objection> find_objection(Snapshot& snapshot, const ObjectionId& id) {
  return snapshot.first(sql_find_objection, {id}, &objection_of);
}

constexpr auto sql_of_campaign =
    "SELECT " WUJIN_OBJECTION_COLUMNS " FROM appraisal_objections WHERE campaign = $1 ORDER BY place, made_at, id";
constexpr auto sql_of_place =
    "SELECT " WUJIN_OBJECTION_COLUMNS " FROM appraisal_objections WHERE campaign = $1 AND place = $2 ORDER BY made_at, id";

std::vector<Objection> objections_of(Snapshot& snapshot, const CampaignId& campaign, const std::optional<PlaceId>& place) {
  std::vector<Objection> objections;
  const auto add = [&](const Row& row) { objections.push_back(objection_of(row)); };
  if (place) {
    snapshot.each(sql_of_place, {campaign, *place}, add);
  } else {
    snapshot.each(sql_of_campaign, {campaign}, add);
  }
  return objections;
}

constexpr auto sql_insert_objection =
    "INSERT INTO appraisal_objections (id, campaign, town, place, item, text, made_at, made_by, version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

void insert(Transaction& transaction, const Objection& objection) {
  transaction.execute(sql_insert_objection, {objection.id, objection.campaign, objection.town, objection.place, objection.item,
                                             objection.text, objection.made_at, objection.made_by, objection.version});
}

constexpr auto sql_update_objection =
    "UPDATE appraisal_objections SET text = $2, version = $3, answer = $4, upheld = $5, answered_at = $6, answered_by = $7 "
    "WHERE id = $1";

void update(Transaction& transaction, const Objection& objection) {
  const auto& answer = objection.answer;
  if (!answer) {
    transaction.execute(sql_update_objection,
                        {objection.id, objection.text, objection.version, nullptr, nullptr, nullptr, nullptr});
    return;
  }
  transaction.execute(sql_update_objection,
                      {objection.id, objection.text, objection.version, answer->text, answer->upheld, answer->at, answer->by});
}

}  // namespace wujin::appraisal
