#include "reports/comments_store.h"

namespace wujin::reports {

constexpr auto sql_comments_of =
    "SELECT id, activity, photo, text, at, by_name, settled_at, settled_by FROM report_comments "
    "WHERE campaign = $1 AND place = $2 AND month = $3 ORDER BY at, id";

std::vector<Comment> comments_of(Snapshot& snapshot, const handins::Subject& subject) {
  std::vector<Comment> comments;
  snapshot.each(sql_comments_of, {subject.campaign, subject.place, subject.period}, [&](const Row& row) {
    Comment comment;
    comment.id = row.uuid(0);
    comment.activity = row.id<Activity>(1);
    if (!row.is_null(2)) comment.photo = row.id<Photo>(2);
    comment.text = row.string(3);
    comment.at = row.instant(4);
    comment.by = row.string(5);
    comment.settled_at = row.maybe(6, &Row::instant);
    comment.settled_by = row.maybe(7, &Row::string);
    comments.push_back(std::move(comment));
  });
  return comments;
}

constexpr auto sql_places_with_open_comments =
    "SELECT DISTINCT place FROM report_comments WHERE campaign = $1 AND month = $2 AND settled_at IS NULL";

std::set<campaigns::PlaceId> places_with_open_comments(Snapshot& snapshot, const handins::CampaignId& campaign, Month month) {
  std::set<campaigns::PlaceId> places;
  snapshot.each(sql_places_with_open_comments, {campaign, month},
                [&](const Row& row) { places.insert(row.key<places::Place>(0)); });
  return places;
}

constexpr auto sql_is_of_another_report =
    "SELECT 1 FROM report_comments WHERE id = $1 AND NOT (campaign = $2 AND place = $3 AND month = $4)";

bool is_of_another_report(Snapshot& snapshot, const handins::Subject& subject, const Uuid& id) {
  return snapshot
      .first(sql_is_of_another_report, {id, subject.campaign, subject.place, subject.period},
             [](const Row& row) { return row.integer(0); })
      .has_value();
}

constexpr auto sql_keep_comment =
    "INSERT INTO report_comments (id, town, campaign, place, month, activity, photo, text, at, by_name, settled_at, settled_by) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
    "ON CONFLICT (id) DO UPDATE SET activity = $6, photo = $7, text = $8, at = $9, by_name = $10, settled_at = $11, "
    "settled_by = $12";

void keep_comment(Transaction& transaction, const handins::Subject& subject, const Comment& comment) {
  transaction.execute(sql_keep_comment,
                      {comment.id, subject.town, subject.campaign, subject.place, subject.period, comment.activity, comment.photo,
                       comment.text, comment.at, comment.by, comment.settled_at, comment.settled_by});
}

constexpr auto sql_drop_comment = "DELETE FROM report_comments WHERE id = $1";

void drop_comment(Transaction& transaction, const Uuid& id) { transaction.execute(sql_drop_comment, {id}); }

}  // namespace wujin::reports
