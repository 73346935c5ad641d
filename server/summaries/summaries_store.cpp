#include "summaries/summaries_store.h"

#include "base/json.h"

namespace wujin::summaries {

constexpr auto sql_find_draft = "SELECT version, edits, explanation FROM summary_drafts WHERE campaign = $1 AND place = $2";

Draft find_draft(Snapshot& snapshot, const handins::Subject& subject) {
  const auto found = snapshot.first(sql_find_draft, {subject.campaign, subject.place}, [](const Row& row) {
    Draft draft;
    draft.version = row.integer(0);
    draft.edits = decode_json<Edits>(row.text(1)).value();
    draft.explanation = row.string(2);
    return draft;
  });
  return found.value_or(Draft());
}

constexpr auto sql_keep_draft =
    "INSERT INTO summary_drafts (town, campaign, place, version, edits, explanation, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (campaign, place) DO UPDATE SET version = $4, edits = $5, explanation = $6, updated_at = $7";

void keep_draft(Transaction& transaction, const handins::Subject& subject, const Draft& draft, Instant now) {
  const std::string edits = encode_json(draft.edits);
  transaction.execute(sql_keep_draft,
                      {subject.town, subject.campaign, subject.place, draft.version, edits, draft.explanation, now});
}

}  // namespace wujin::summaries
