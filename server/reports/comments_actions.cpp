#include "reports/comments_actions.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "handins/handins_actions.h"
#include "people/may.h"
#include "reports/comments_store.h"

namespace wujin::reports {
namespace {

using people::Actor;
using people::Verb;

const Comment* find_comment(const OpenReport& report, const Uuid& id) {
  const auto found = std::ranges::find(report.comments, id, &Comment::id);
  return found == report.comments.end() ? nullptr : &*found;
}

Result<> check(const OpenReport& report, const CommentContent& content) {
  std::vector<Fault> faults;
  constexpr int most = 500;
  if (content.text.empty()) faults.push_back({"text", ProblemCode::required, {}});
  if (count_characters(content.text) > most) faults.push_back({"text", ProblemCode::too_long, {{"limit", std::to_string(most)}}});
  const auto& activities = report.material.activities;
  const auto activity = std::ranges::find(activities, content.activity, &activities::ActivityAnswer::id);
  if (activity == activities.end()) {
    faults.push_back({"activity", ProblemCode::unknown_choice, {{"value", content.activity.to_string()}}});
  } else if (content.photo &&
             std::ranges::none_of(activity->photos, [&](const auto& photo) { return photo.id == *content.photo; })) {
    faults.push_back({"photo", ProblemCode::unknown_choice, {{"value", content.photo->to_string()}}});
  }
  if (faults.empty()) return {};
  return Problem::of(std::move(faults));
}

void note_write(Transaction& transaction, const Actor& actor, const OpenReport& report, std::string_view verb,
                const Comment* before, const Comment* after, Instant now) {
  handins::note_change(transaction, actor, report.subject, verb, before == nullptr ? "" : encode_json(*before),
                       after == nullptr ? "" : encode_json(*after), now);
}

}  // namespace

Result<OpenReport> put_comment(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                               const ReportKey& key, const Uuid& id, const CommentContent& content, Instant now) {
  auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (!people::may(actor, Verb::return_, report->path)) return Problem(ProblemCode::forbidden);
  Comment comment;
  static_cast<CommentContent&>(comment) = content;
  comment.text = trimmed(content.text);
  if (const auto checked = check(*report, comment); !checked) return checked.error();
  if (is_of_another_report(transaction, report->subject, id)) return Problem(ProblemCode::conflict);
  const Comment* before = find_comment(*report, id);
  if (before != nullptr && static_cast<const CommentContent&>(*before) == comment) return report;
  comment.id = id;
  comment.at = before != nullptr ? before->at : now;
  comment.by = actor.display_name;
  keep_comment(transaction, report->subject, comment);
  note_write(transaction, actor, *report, "comment", before, &comment, now);
  return open_report(transaction, catalogue, actor, key, now);
}

Result<OpenReport> remove_comment(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                  const ReportKey& key, const Uuid& id, Instant now) {
  auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (!people::may(actor, Verb::return_, report->path)) return Problem(ProblemCode::forbidden);
  const Comment* before = find_comment(*report, id);
  if (before == nullptr) return report;
  drop_comment(transaction, id);
  note_write(transaction, actor, *report, "remove_comment", before, nullptr, now);
  return open_report(transaction, catalogue, actor, key, now);
}

Result<OpenReport> settle_comment(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                  const ReportKey& key, const Uuid& id, Instant now) {
  auto report = open_report(transaction, catalogue, actor, key, now);
  if (!report) return report.error();
  if (!people::may(actor, Verb::write_report, report->path)) return Problem(ProblemCode::forbidden);
  const Comment* before = find_comment(*report, id);
  if (before == nullptr) return Problem(ProblemCode::not_found);
  if (before->settled_at) return report;
  Comment after = *before;
  after.settled_at = now;
  after.settled_by = actor.display_name;
  keep_comment(transaction, report->subject, after);
  note_write(transaction, actor, *report, "settle_comment", before, &after, now);
  return open_report(transaction, catalogue, actor, key, now);
}

}  // namespace wujin::reports
