#include "handins/handins_store.h"

#include "base/described_enum.h"
#include "database/placeholders.h"

namespace wujin::handins {
namespace {

// In the order version_of() reads them.
#define WUJIN_HANDIN_COLUMNS                                                                                    \
  "number, submitted_at, account, account_name, on_time, late_days, sha256, content_digest, campaign_version, " \
  "activities, photos, no_activity, explanation, state, decided_at, decided_by, return_reason, return_reason_id, correct_by"

std::string_view word_of(Deliverable deliverable) { return boost::describe::enum_to_string(deliverable, ""); }
std::string_view word_of(VersionState state) { return boost::describe::enum_to_string(state, ""); }

Version version_of(const Row& row) {
  Version version;
  version.number = row.number(0);
  version.submitted_at = row.instant(1);
  version.by = row.id<people::Account>(2);
  version.by_name = row.string(3);
  version.timeliness = {row.boolean(4), row.number(5)};
  version.sha256 = row.string(6);
  version.content_digest = row.string(7);
  version.campaign_version = row.number(8);
  version.activities = row.number(9);
  version.photos = row.number(10);
  version.no_activity = row.boolean(11);
  version.explanation = row.maybe(12, &Row::string);
  version.state = enum_of<VersionState>(row.text(13));
  version.decided_at = row.maybe(14, &Row::instant);
  version.decided_by = row.maybe(15, &Row::string);
  if (!row.is_null(16)) {
    ReturnNote note;
    note.reason = row.string(16);
    note.reason_id = row.maybe(17, &Row::string);
    note.correct_by = row.maybe(18, &Row::date);
    note.at = version.decided_at.value_or(version.submitted_at);
    note.by = version.decided_by;
    note.version = version.number;
    version.returned = std::move(note);
  }
  return version;
}

}  // namespace

constexpr auto sql_versions_of =
    "SELECT " WUJIN_HANDIN_COLUMNS
    " FROM handins WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4 ORDER BY number";

std::vector<Version> versions_of(Snapshot& snapshot, const Subject& subject) {
  std::vector<Version> versions;
  snapshot.each(sql_versions_of, {subject.campaign, subject.place, word_of(subject.deliverable), subject.period},
                [&](const Row& row) { versions.push_back(version_of(row)); });
  return versions;
}

std::span<const Version> Shelf::of(const PlaceId& place, const std::string& period) const {
  const auto found = by_place_and_period.find({place, period});
  if (found == by_place_and_period.end()) return {};
  return found->second;
}

const Exemption* Shelf::exemption_of(const PlaceId& place, const std::string& period) const {
  const auto found = exemptions.find({place, period});
  return found == exemptions.end() ? nullptr : &found->second;
}

// An empty period stands for all of them.
constexpr auto sql_shelf_of =
    "SELECT " WUJIN_HANDIN_COLUMNS
    ", place, period FROM handins WHERE campaign = $1 AND deliverable = $2 AND ($3 = '' OR period = $3) "
    "ORDER BY place, period, number";

constexpr auto sql_exemptions_of =
    "SELECT place, period, reason, at, by_name FROM exemptions "
    "WHERE campaign = $1 AND deliverable = $2 AND ($3 = '' OR period = $3)";

Shelf shelf_of(Snapshot& snapshot, const CampaignId& campaign, Deliverable deliverable) {
  return shelf_of(snapshot, campaign, deliverable, "");
}

Shelf shelf_of(Snapshot& snapshot, const CampaignId& campaign, Deliverable deliverable, const std::string& period) {
  Shelf shelf;
  snapshot.each(sql_shelf_of, {campaign, word_of(deliverable), period}, [&](const Row& row) {
    shelf.by_place_and_period[{row.key<places::Place>(19), row.string(20)}].push_back(version_of(row));
  });
  snapshot.each(sql_exemptions_of, {campaign, word_of(deliverable), period}, [&](const Row& row) {
    shelf.exemptions[{row.key<places::Place>(0), row.string(1)}] = {row.string(2), row.instant(3), row.string(4)};
  });
  return shelf;
}

namespace {
constexpr auto sql_find_marks = "SELECT marks FROM handin_marks WHERE campaign = $1 AND deliverable = $2 AND period = $3";
constexpr auto sql_put_marks =
    "INSERT INTO handin_marks (campaign, deliverable, period, marks) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (campaign, deliverable, period) DO UPDATE SET marks = excluded.marks";

// After a write: the place's mark as its versions and its exemption now say.
void mark(Transaction& transaction, const Subject& subject) {
  const std::string_view deliverable = word_of(subject.deliverable);
  auto marks = transaction
                   .first(sql_find_marks, {subject.campaign, deliverable, subject.period},
                          [](const Row& row) { return read_marks(row.text(0)); })
                   .value_or(Marks());
  const Mark now = mark_of(versions_of(transaction, subject), exemption_of(transaction, subject).has_value());
  marks.erase(subject.place.text());
  if (now != Mark()) marks.emplace(subject.place.text(), now);
  const std::string text = written(marks);
  transaction.execute(sql_put_marks, {subject.campaign, deliverable, subject.period, text});
}

constexpr auto sql_has_marks = "SELECT 1 FROM handin_marks LIMIT 1";
constexpr auto sql_subjects =
    "SELECT campaign, town, place, deliverable, period FROM handins UNION "
    "SELECT campaign, town, place, deliverable, period FROM exemptions";
}  // namespace

void mark_if_never_marked(Transaction& transaction) {
  if (transaction.first(sql_has_marks, {}, [](const Row& row) { return row.integer(0); })) return;
  std::vector<Subject> subjects;
  transaction.each(sql_subjects, {}, [&](const Row& row) {
    subjects.push_back({row.key<campaigns::Campaign>(0), row.key<places::Place>(1), row.key<places::Place>(2),
                        enum_of<Deliverable>(row.text(3)), row.string(4)});
  });
  for (const Subject& subject : subjects) mark(transaction, subject);
}

std::map<CampaignId, std::vector<PeriodMarks>> marks_of(Snapshot& snapshot, std::span<const CampaignId> ids) {
  std::map<CampaignId, std::vector<PeriodMarks>> marks;
  if (ids.empty()) return marks;
  const std::string sql =
      "SELECT campaign, deliverable, period, marks FROM handin_marks WHERE campaign IN (" + placeholders(1, ids.size()) + ")";
  const std::vector<Value> parameters(ids.begin(), ids.end());
  snapshot.each(sql, parameters, [&](const Row& row) {
    marks[row.key<campaigns::Campaign>(0)].push_back({enum_of<Deliverable>(row.text(1)), row.string(2), row.string(3)});
  });
  return marks;
}

constexpr auto sql_insert =
    "INSERT INTO handins (town, campaign, place, deliverable, period, number, submitted_at, account, account_name, on_time, "
    "late_days, sha256, content_digest, campaign_version, activities, photos, no_activity, explanation, state) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";

void insert(Transaction& transaction, const Subject& subject, const Version& version) {
  transaction.execute(
      sql_insert, {subject.town, subject.campaign, subject.place, word_of(subject.deliverable), subject.period, version.number,
                   version.submitted_at, version.by, version.by_name, version.timeliness.on_time, version.timeliness.late_days,
                   version.sha256, version.content_digest, version.campaign_version, version.activities, version.photos,
                   version.no_activity, version.explanation, word_of(version.state)});
  mark(transaction, subject);
}

constexpr auto sql_decide =
    "UPDATE handins SET state = $6, decided_at = $7, decided_by = $8, return_reason = $9, return_reason_id = $10, correct_by = "
    "$11 "
    "WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4 AND number = $5";

void decide(Transaction& transaction, const Subject& subject, const Version& version) {
  std::optional<std::string> reason, reason_id;
  std::optional<Date> correct_by;
  if (version.returned) {
    reason = version.returned->reason;
    reason_id = version.returned->reason_id;
    correct_by = version.returned->correct_by;
  }
  transaction.execute(sql_decide,
                      {subject.campaign, subject.place, word_of(subject.deliverable), subject.period, version.number,
                       word_of(version.state), version.decided_at, version.decided_by, reason, reason_id, correct_by});
  mark(transaction, subject);
}

constexpr auto sql_explain =
    "UPDATE handins SET explanation = $6 WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4 AND number = $5";

void explain(Transaction& transaction, const Subject& subject, int number, const std::optional<std::string>& explanation) {
  transaction.execute(sql_explain,
                      {subject.campaign, subject.place, word_of(subject.deliverable), subject.period, number, explanation});
}

constexpr auto sql_exemption_of =
    "SELECT reason, at, by_name FROM exemptions WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4";

std::optional<Exemption> exemption_of(Snapshot& snapshot, const Subject& subject) {
  return snapshot.first(sql_exemption_of, {subject.campaign, subject.place, word_of(subject.deliverable), subject.period},
                        [](const Row& row) {
                          return Exemption{row.string(0), row.instant(1), row.string(2)};
                        });
}

constexpr auto sql_keep_exemption =
    "INSERT INTO exemptions (town, campaign, place, deliverable, period, reason, at, by_name) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
    "ON CONFLICT (campaign, place, deliverable, period) DO UPDATE SET reason = $6, at = $7, by_name = $8";

void keep_exemption(Transaction& transaction, const Subject& subject, const Exemption& exemption) {
  transaction.execute(sql_keep_exemption, {subject.town, subject.campaign, subject.place, word_of(subject.deliverable),
                                           subject.period, exemption.reason, exemption.at, exemption.by});
  mark(transaction, subject);
}

constexpr auto sql_drop_exemption =
    "DELETE FROM exemptions WHERE campaign = $1 AND place = $2 AND deliverable = $3 AND period = $4";

void drop_exemption(Transaction& transaction, const Subject& subject) {
  transaction.execute(sql_drop_exemption, {subject.campaign, subject.place, word_of(subject.deliverable), subject.period});
  mark(transaction, subject);
}

}  // namespace wujin::handins
