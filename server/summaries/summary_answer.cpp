#include "summaries/summary_answer.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "handins/handins_actions.h"
#include "people/may.h"

namespace wujin::summaries {
namespace {

using people::Verb;

// What the actor may do next, as the wire names it.
std::vector<std::string> may_do(const OpenSummary& summary, const people::Actor& actor) {
  const auto allowed = [&](Verb verb) { return people::may(actor, verb, summary.path); };
  const auto& versions = summary.versions;
  std::vector<std::string> verbs;
  if (allowed(Verb::write_report) && !summary.is_locked()) verbs.emplace_back("edit");
  const bool is_complete = static_cast<bool>(check_complete(summary.layout));
  if (allowed(Verb::hand_in) && is_complete && handins::may_hand_in(versions, summary.digest)) verbs.emplace_back("submit");
  std::ranges::move(handins::may_decide(actor, summary.path, versions, !summary.due.lapsed), std::back_inserter(verbs));
  return verbs;
}

}  // namespace

SummaryAnswer answer_of(const OpenSummary& summary, const people::Actor& actor, Instant now) {
  SummaryAnswer answer;
  static_cast<Layout&>(answer) = summary.layout;
  answer.campaign = summary.subject.campaign;
  answer.place = summary.place.id;
  answer.place_name = summary.place.name;
  answer.state = handins::standing_of(summary.versions, &summary.due, summary.exemption ? &*summary.exemption : nullptr, now,
                                      summary.campaign().options.due_soon_days);
  answer.etag = summary.etag;
  answer.explanation = filled_or_none(summary.material.draft.explanation);
  answer.most_pictures = summary.campaign().summary.most_pictures;
  answer.activities = summary.material.figures.activities;
  answer.versions = handins::answers_of(summary.versions);
  std::ranges::reverse(answer.versions);
  answer.changed_since_hand_in = handins::is_changed(summary.versions, summary.digest);
  answer.deadline = handins::answer_of(summary.due, summary.versions, now);
  if (const auto* note = handins::open_return(summary.versions)) answer.returned = *note;
  if (summary.exemption) answer.exempt_reason = summary.exemption->reason;
  answer.may = may_do(summary, actor);
  return answer;
}

}  // namespace wujin::summaries
