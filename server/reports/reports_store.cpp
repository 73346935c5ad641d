#include "reports/reports_store.h"

#include "base/json.h"

namespace wujin::reports {

constexpr auto sql_find_draft =
    "SELECT version, edits, no_activity_reason, explanation FROM report_drafts WHERE campaign = $1 AND place = $2 AND month = $3";

Draft find_draft(Snapshot& snapshot, const handins::Subject& subject) {
  const auto found = snapshot.first(sql_find_draft, {subject.campaign, subject.place, subject.period}, [](const Row& row) {
    Draft draft;
    draft.version = row.integer(0);
    draft.edits = decode_json<Edits>(row.text(1)).value();
    draft.no_activity_reason = row.string(2);
    draft.explanation = row.string(3);
    return draft;
  });
  return found.value_or(Draft());
}

constexpr auto sql_draft_versions = "SELECT place, version FROM report_drafts WHERE campaign = $1 AND month = $2";

std::map<campaigns::PlaceId, std::int64_t> draft_versions(Snapshot& snapshot, const handins::CampaignId& campaign, Month month) {
  std::map<campaigns::PlaceId, std::int64_t> versions;
  snapshot.each(sql_draft_versions, {campaign, month},
                [&](const Row& row) { versions.emplace(row.key<places::Place>(0), row.integer(1)); });
  return versions;
}

constexpr auto sql_keep_draft =
    "INSERT INTO report_drafts (town, campaign, place, month, version, edits, no_activity_reason, explanation, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (campaign, place, month) DO UPDATE SET version = $5, edits = $6, no_activity_reason = $7, explanation = $8, "
    "updated_at = $9";

void keep_draft(Transaction& transaction, const handins::Subject& subject, const Draft& draft, Instant now) {
  const std::string edits = encode_json(draft.edits);
  transaction.execute(sql_keep_draft, {subject.town, subject.campaign, subject.place, subject.period, draft.version, edits,
                                       draft.no_activity_reason, draft.explanation, now});
}

}  // namespace wujin::reports
