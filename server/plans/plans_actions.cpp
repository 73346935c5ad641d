#include "plans/plans_actions.h"

#include <algorithm>

#include "audit/trail.h"
#include "base/json.h"
#include "base/text.h"
#include "campaigns/campaigns_actions.h"
#include "changes/feed.h"
#include "people/may.h"
#include "places/ending.h"
#include "places/place_store.h"
#include "places/point_store.h"
#include "plans/plans_store.h"

namespace wujin::plans {
namespace {

using people::Actor;
using people::Verb;

struct TrailRow {
  Month month;
  std::optional<std::string> week_label;
  Date from;
  Date to;
  std::vector<PlaceId> places;
  std::string focus;
  std::optional<std::string> topic;
  std::string in_charge;
  int order = 0;
};
BOOST_DESCRIBE_STRUCT(TrailRow, (), (month, week_label, from, to, places, focus, topic, in_charge, order))

std::string trail_of(const PlanRow& row) {
  return encode_json(
      TrailRow{row.month, row.week_label, row.from, row.to, row.places, row.focus, row.topic, row.in_charge, row.order});
}

bool is_same(const PlanRow& a, const PlanRow& b) { return trail_of(a) == trail_of(b); }

void note_write(Transaction& transaction, const Actor& actor, const handins::Subject& subject, std::string verb,
                const std::string& kind, const std::string& record, std::string before, std::string after, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = subject.town.text();
  entry.account = actor.account.uuid();
  entry.verb = std::move(verb);
  entry.kind = kind;
  entry.record = record;
  entry.place = subject.place.text();
  entry.before = std::move(before);
  entry.after = std::move(after);
  entry.request_id = actor.request_id;
  const bool is_gone = entry.after.empty();
  audit::record(transaction, entry);
  changes::record(transaction, {subject.town.text(), subject.campaign.text(), subject.place.text(), kind, record, is_gone}, now);
}

void note_row(Transaction& transaction, const Actor& actor, const handins::Subject& subject, const PlanRow* before,
              const PlanRow* after, Instant now) {
  const PlanRow& row = after != nullptr ? *after : *before;
  note_write(transaction, actor, subject, after != nullptr ? "put_plan_row" : "remove_plan_row", "plan_row", row.id.to_string(),
             before != nullptr ? trail_of(*before) : "", after != nullptr ? trail_of(*after) : "", now);
  if (after == nullptr) return;
  for (const PlaceId& place : after->places) {
    if (after->places.size() > 1) break;  // whose points they are is not told
    for (const std::string& point : points_in(after->focus)) places::remember_point(transaction, place, point, now);
  }
}

Result<OpenPlan> open_to_write(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                               Instant now) {
  auto plan = open_plan(snapshot, catalogue, actor, key, now);
  if (!plan) return plan.error();
  if (!people::may(actor, Verb::write_plan, plan->path)) return Problem(ProblemCode::forbidden);
  return plan;
}

// The row under an id, if it is of this plan.
Result<std::optional<PlanRow>> present_row(Snapshot& snapshot, const PlanKey& key, const Id<PlanRow>& id) {
  const auto found = find_row(snapshot, id);
  if (!found) return std::optional<PlanRow>();
  if (found->campaign != key.campaign || found->place != key.place) return Problem(ProblemCode::conflict);
  if (found->row.deleted) return Problem(ProblemCode::gone);
  return std::optional<PlanRow>(found->row);
}

Result<OpenPlan> hand_in(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const OpenPlan& plan,
                         const std::optional<std::string>& explanation, const std::optional<std::string>& etag,
                         const MadeDocument& document, Instant now, std::optional<Instant> arrived_at) {
  if (!people::may(actor, Verb::hand_in, plan.path)) return Problem(ProblemCode::forbidden);
  if (etag && *etag != plan.etag) return Problem(ProblemCode::stale);
  if (plan.rows.empty()) return Problem::at("rows", ProblemCode::required);
  if (explanation && count_characters(*explanation) > 1000) {
    return Problem::at("explanation", ProblemCode::too_long, {{"limit", "1000"}});
  }
  if (!handins::may_hand_in(plan.versions, plan.digest)) return Problem(ProblemCode::already_handed_in);
  if (plan.digest != document.digest) {
    Problem changed_meanwhile(ProblemCode::busy);
    return changed_meanwhile.because("the plan changed while its document was made");
  }
  handins::Frozen frozen;
  frozen.sha256 = document.sha256;
  frozen.content_digest = plan.digest;
  frozen.campaign_version = plan.campaign().version;
  frozen.explanation = explanation;
  const campaigns::Due* due = plan.due ? &*plan.due : nullptr;
  const auto version = handins::hand_in(transaction, actor, plan.path, plan.subject, frozen, due, now, arrived_at);
  if (!version) return version.error();
  return open_plan(transaction, catalogue, actor, {plan.subject.campaign, plan.place.id}, now);
}

}  // namespace

Result<PutRow> put_row(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                       const Id<PlanRow>& id, const RowChange& change, const std::optional<std::string>& etag, bool must_be_new,
                       Instant now) {
  const auto plan = open_to_write(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  if (const auto checked = check(change, plan->campaign(), plan->tree); !checked) return checked.error();
  const auto before = present_row(transaction, key, id);
  if (!before) return before.error();
  PlanRow row = before->value_or(PlanRow());
  row.id = id;
  row = changed(row, change, key.place);
  if (*before && is_same(**before, row)) return PutRow{**before, false};
  if (*before && (must_be_new || etag != etag_of(**before))) return Problem(ProblemCode::stale);
  const bool is_moved = !*before || (*before)->from != row.from || (*before)->places != row.places;
  if (is_moved) {
    if (const auto stands = check_stands(row, plan->place, plan->tree); !stands) return stands.error();
  }
  row.updated_at = now;
  row.updated_by = actor.display_name;
  if (*before) {
    ++row.version;
    update_row(transaction, row);
  } else {
    constexpr std::size_t most_rows = 500;
    if (plan->rows.size() >= most_rows) return Problem::at("", ProblemCode::too_many, {{"limit", std::to_string(most_rows)}});
    insert_row(transaction, key.campaign, key.place, row);
  }
  note_row(transaction, actor, plan->subject, *before ? &**before : nullptr, &row, now);
  return PutRow{row, !before->has_value()};
}

Result<> remove_row(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                    const Id<PlanRow>& id, const std::optional<std::string>& etag, Instant now) {
  const auto plan = open_to_write(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  const auto before = present_row(transaction, key, id);
  if (!before) return before.error();
  if (!*before) return Problem(ProblemCode::not_found);
  if (etag && *etag != etag_of(**before)) return Problem(ProblemCode::stale);
  mark_row_deleted(transaction, id, (*before)->version + 1, now);
  note_row(transaction, actor, plan->subject, &**before, nullptr, now);
  return {};
}

Result<OpenPlan> change_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                             const HeadChange& change, const std::optional<std::string>& etag, Instant now) {
  const auto plan = open_to_write(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  if (!etag) return Problem(ProblemCode::if_match_required);
  if (*etag != plan->etag) return Problem(ProblemCode::stale);
  if (const auto checked = check(change); !checked) return checked.error();
  PlanHead head = plan->head;
  head.note = change.note && !trimmed(*change.note).empty() ? std::optional(std::string(trimmed(*change.note))) : std::nullopt;
  head.week_label = change.week_label;
  ++head.version;
  keep_head(transaction, key.campaign, key.place, head);
  note_write(transaction, actor, plan->subject, "change_plan", "plan", handins::record_of(plan->subject),
             encode_json(HeadChange{plan->head.note, plan->head.week_label}), encode_json(HeadChange{head.note, head.week_label}),
             now);
  return open_plan(transaction, catalogue, actor, key, now);
}

Result<OpenPlan> copy_month(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                            const CopyRequest& request, Randomness& randomness, Instant now) {
  const auto plan = open_to_write(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  const auto has_rows = [&](Month month) {
    return std::ranges::any_of(plan->rows, [&](const PlanRow& row) { return row.month == month; });
  };
  const auto outside = [&](Month month) {
    return first_day(month) > plan->campaign().ends_on || last_day(month) < plan->campaign().starts_on;
  };
  if (outside(request.to_month) || request.to_month == request.from_month) {
    return Problem::at("to_month", ProblemCode::unknown_choice, {{"value", to_string(request.to_month)}});
  }
  if (!has_rows(request.from_month)) {
    return Problem::at("from_month", ProblemCode::unknown_choice, {{"value", to_string(request.from_month)}});
  }
  if (has_rows(request.to_month)) return Problem(ProblemCode::conflict);
  const auto stands = places::check_stands(plan->place, plan->tree, first_day(request.to_month), "to_month");
  if (!stands) return stands.error();
  auto copies = still_standing(copied(plan->rows, request.from_month, request.to_month, plan->campaign()), plan->tree);
  std::erase_if(copies, [&](const PlanRow& row) { return !places::stands_on(plan->place, row.from); });
  for (PlanRow& row : copies) {
    row.id = Id<PlanRow>::random(randomness);
    row.updated_at = now;
    row.updated_by = actor.display_name;
    insert_row(transaction, key.campaign, key.place, row);
    note_row(transaction, actor, plan->subject, nullptr, &row, now);
  }
  return open_plan(transaction, catalogue, actor, key, now);
}

std::vector<FoundRow> rows_in_charge(Snapshot& snapshot, const std::vector<PlaceId>& at, std::string_view name, Date today) {
  std::vector<FoundRow> rows;
  for (const PlaceId& place : at) {
    for (FoundRow& found : rows_not_over(snapshot, place, today)) {
      if (with_successor(found.row.in_charge, name, name)) rows.push_back(std::move(found));
    }
  }
  return rows;
}

int pass_rows(Transaction& transaction, const Actor& actor, const std::vector<PlaceId>& at, std::string_view from,
              std::string_view to, const places::Tree& tree, Instant now) {
  int passed = 0;
  for (const FoundRow& found : rows_in_charge(transaction, at, from, china_date(now))) {
    PlanRow row = found.row;
    const auto* town = tree.town_of(found.place);
    if (town == nullptr) continue;  // a place that is no more
    row.in_charge = *with_successor(row.in_charge, from, to);
    if (row.in_charge == found.row.in_charge) continue;
    ++row.version;
    row.updated_at = now;
    row.updated_by = actor.display_name;
    update_row(transaction, row);
    note_row(transaction, actor, {found.campaign, town->id, found.place, handins::Deliverable::plan, ""}, &found.row, &row, now);
    ++passed;
  }
  return passed;
}

Result<PlanCalendar> read_calendar(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const CampaignId& id,
                                   Month month, Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, id, now);
  if (!bundle) return bundle.error();
  const campaigns::Campaign& campaign = (*bundle)->campaign;
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  std::vector<places::Place> shown;
  for (const places::Place* place : tree.subtree(campaign.town)) {
    if (people::may(actor, Verb::read_place, tree.place_and_ancestors(place->id))) shown.push_back(*place);
  }
  if (shown.empty()) return Problem(ProblemCode::not_found);
  if (!campaign.has_month(month)) return Problem::at("month", ProblemCode::unknown_choice, {{"value", to_string(month)}});
  const auto rows = rows_of_month(snapshot, id, month);
  std::erase_if(shown, [&](const places::Place& place) {
    return !places::stands_on(place, first_day(month)) && std::ranges::count(rows, place.id, &FoundRow::place) == 0;
  });
  return calendar_of(month, campaign, shown, rows);
}

Result<OpenPlan> hand_in_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                              const SubmissionRequest& request, const std::optional<std::string>& etag,
                              const MadeDocument& document, Instant now) {
  const auto plan = open_plan(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  return hand_in(transaction, catalogue, actor, *plan, request.explanation, etag, document, now, std::nullopt);
}

Result<OpenPlan> hand_in_arrived_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                      const PlanKey& key, const MadeDocument& document, Instant arrived_at, Instant now) {
  const auto plan = open_plan(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  return hand_in(transaction, catalogue, actor, *plan, std::nullopt, std::nullopt, document, now, arrived_at);
}

Result<OpenPlan> withdraw_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                               Instant now) {
  const auto plan = open_plan(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  const auto version = handins::withdraw(transaction, actor, plan->path, plan->subject, now);
  if (!version) return version.error();
  return open_plan(transaction, catalogue, actor, key, now);
}

Result<OpenPlan> return_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                             const handins::ReturnRequest& request, Instant now) {
  const auto plan = open_plan(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  const auto version = handins::return_to_place(transaction, actor, plan->path, plan->subject, request, plan->campaign(), now);
  if (!version) return version.error();
  return open_plan(transaction, catalogue, actor, key, now);
}

Result<OpenPlan> accept_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                             const handins::AcceptanceRequest& request, Instant now) {
  const auto plan = open_plan(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  const auto version = handins::accept(transaction, actor, plan->path, plan->subject, request, now);
  if (!version) return version.error();
  return open_plan(transaction, catalogue, actor, key, now);
}

Result<OpenPlan> sign_off_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const PlanKey& key,
                               Instant now) {
  const auto plan = open_plan(transaction, catalogue, actor, key, now);
  if (!plan) return plan.error();
  if (!people::may(actor, Verb::sign_off, plan->path)) return Problem(ProblemCode::forbidden);
  if (!plan->campaign().options.sign_off) return Problem(ProblemCode::conflict);
  if (plan->rows.empty()) return Problem::at("rows", ProblemCode::required);
  PlanHead head = plan->head;
  head.signed_off_at = now;
  head.signed_off_by = actor.display_name;
  head.signed_off_digest = plan->digest;
  ++head.version;
  keep_head(transaction, key.campaign, key.place, head);
  note_write(transaction, actor, plan->subject, "sign_off_plan", "plan", handins::record_of(plan->subject), "", "{}", now);
  return open_plan(transaction, catalogue, actor, key, now);
}

}  // namespace wujin::plans
