#include "plans/plan_answer.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "activities/activities_store.h"
#include "handins/handins_actions.h"
#include "people/may.h"
#include "plans/plan_document.h"

namespace wujin::plans {
namespace {

using people::Verb;
using DoneByRow = std::map<Id<PlanRow>, std::vector<DoneAnswer>>;

handins::Standing standing_of(const OpenPlan& plan, Instant now) {
  const campaigns::Due* due = plan.due ? &*plan.due : nullptr;
  return handins::standing_of(plan.versions, due, plan.exemption ? &*plan.exemption : nullptr, now,
                              plan.campaign().options.due_soon_days);
}

// What the actor may do next, as the wire names it.
std::vector<std::string> may_do(const OpenPlan& plan, const people::Actor& actor) {
  const auto allowed = [&](Verb verb) { return people::may(actor, verb, plan.path); };
  const auto& versions = plan.versions;
  std::vector<std::string> verbs;
  if (allowed(Verb::write_plan)) verbs.emplace_back("edit");
  if (allowed(Verb::hand_in) && !plan.rows.empty() && handins::may_hand_in(versions, plan.digest)) verbs.emplace_back("submit");
  std::ranges::move(handins::may_decide(actor, plan.path, versions, plan.due && !plan.due->lapsed), std::back_inserter(verbs));
  const bool awaits_sign_off = plan.campaign().options.sign_off && !plan.rows.empty() && !plan.is_signed_off();
  if (awaits_sign_off && allowed(Verb::sign_off)) verbs.emplace_back("sign_off");
  return verbs;
}

DoneByRow done_of(Snapshot& snapshot, const OpenPlan& plan) {
  std::vector<Id<PlanRow>> ids;
  for (const PlanRow& row : plan.rows) ids.push_back(row.id);
  DoneByRow done;
  for (const auto& activity : activities::done_for(snapshot, plan.subject.campaign, ids)) {
    done[activity.row].push_back({activity.activity.uuid(), activity.title, activity.started_at});
  }
  return done;
}

RowAnswer row_answer(const OpenPlan& plan, const PlanRow& row, const DoneByRow& done) {
  RowAnswer answer;
  answer.id = row.id;
  answer.month = row.month;
  answer.week_label = label_of(row, plan.head, plan.campaign());
  answer.from = row.from;
  answer.to = row.to;
  answer.places = row.places;
  for (const PlaceId& id : row.places) {
    const places::Place* place = plan.tree.find(id);
    answer.place_names.push_back(place != nullptr ? place->name : id.text());
  }
  answer.focus = row.focus;
  answer.topic = row.topic;
  answer.in_charge = row.in_charge;
  answer.order = row.order;
  answer.etag = etag_of(row);
  const auto found = done.find(row.id);
  if (found != done.end()) answer.done = found->second;
  answer.updated_at = row.updated_at;
  answer.updated_by = row.updated_by;
  return answer;
}

}  // namespace

RowAnswer answer_of(Snapshot& snapshot, const OpenPlan& plan, const PlanRow& row) {
  return row_answer(plan, row, done_of(snapshot, plan));
}

PlanAnswer answer_of(Snapshot& snapshot, const OpenPlan& plan, const people::Actor& actor, Instant now) {
  PlanAnswer answer;
  answer.campaign = plan.subject.campaign;
  answer.place = plan.place.id;
  answer.place_name = plan.place.name;
  answer.title = title_of(plan);
  answer.state = standing_of(plan, now);
  answer.etag = plan.etag;
  answer.note = plan.head.note;
  answer.week_label = plan.head.week_label.value_or(plan.campaign().options.week_label);
  const DoneByRow done = done_of(snapshot, plan);
  for (const PlanRow& row : plan.rows) answer.rows.push_back(row_answer(plan, row, done));
  answer.versions = handins::answers_of(plan.versions);
  std::ranges::reverse(answer.versions);
  answer.changed_since_hand_in = handins::is_changed(plan.versions, plan.digest);
  if (plan.due) answer.deadline = handins::answer_of(*plan.due, plan.versions, now);
  if (const auto* note = handins::open_return(plan.versions)) answer.returned = *note;
  answer.sign_off = {plan.campaign().options.sign_off, plan.head.signed_off_at, plan.head.signed_off_by, std::nullopt};
  if (plan.head.signed_off_at) answer.sign_off.changed_since = !plan.is_signed_off();
  if (plan.exemption) answer.exempt_reason = plan.exemption->reason;
  answer.may = may_do(plan, actor);
  return answer;
}

CalendarAnswer answer_of(const PlanCalendar& calendar, const CampaignId& campaign, Month month) {
  CalendarAnswer answer{campaign, month, {}, {}};
  for (const campaigns::ReportWeek& week : calendar.weeks) {
    answer.weeks.push_back({week.number, campaigns::week_name(week.number), week.days.from, week.days.to});
  }
  for (const CalendarRow& row : calendar.rows) {
    CalendarRowAnswer& line = answer.rows.emplace_back(CalendarRowAnswer{row.place.id, row.place.name, {}});
    for (const auto& week : row.weeks) {
      auto& cell = line.weeks.emplace_back();
      for (const PlanRow& planned : week)
        cell.push_back({planned.id, planned.from, planned.to, planned.focus, planned.in_charge});
    }
  }
  return answer;
}

PlanEntry entry_of(Snapshot& snapshot, const OpenPlan& plan, const people::Actor& actor, Instant now) {
  PlanEntry entry;
  entry.campaign = plan.subject.campaign;
  entry.place = plan.place.id;
  entry.place_name = plan.place.name;
  entry.state = standing_of(plan, now);
  entry.rows = static_cast<int>(plan.rows.size());
  entry.rows_done = static_cast<int>(done_of(snapshot, plan).size());
  if (const auto* first = handins::first_valid(plan.versions)) {
    const auto timeliness = handins::timeliness_of(plan.versions, plan.due ? &*plan.due : nullptr);
    entry.submitted_at = first->submitted_at;
    entry.on_time = timeliness->on_time;
    entry.late_days = timeliness->late_days;
  }
  entry.changed_since_hand_in = handins::is_changed(plan.versions, plan.digest);
  if (plan.campaign().options.sign_off) entry.signed_off = plan.is_signed_off();
  entry.may = may_do(plan, actor);
  return entry;
}

}  // namespace wujin::plans
