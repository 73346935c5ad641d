#include "reports/contents_store.h"

#include "base/json.h"

namespace wujin::reports {

constexpr auto sql_keep_content =
    "INSERT INTO report_contents (town, campaign, place, month, number, content) VALUES ($1, $2, $3, $4, $5, $6)";

void keep_content(Transaction& transaction, const handins::Subject& subject, int number, const Content& content) {
  transaction.execute(sql_keep_content,
                      {subject.town, subject.campaign, subject.place, subject.period, number, encode_json(content)});
}

constexpr auto sql_find_content =
    "SELECT content FROM report_contents WHERE campaign = $1 AND place = $2 AND month = $3 AND number = $4";

std::optional<Content> find_content(Snapshot& snapshot, const handins::Subject& subject, int number) {
  return snapshot.first(sql_find_content, {subject.campaign, subject.place, subject.period, number},
                        [](const Row& row) { return decode_json<Content>(row.text(0)).value(); });
}

}  // namespace wujin::reports
