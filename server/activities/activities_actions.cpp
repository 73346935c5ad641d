#include "activities/activities_actions.h"

#include <algorithm>
#include <set>

#include "activities/counting.h"
#include "activities/history.h"
#include "base/json.h"
#include "campaigns/weeks.h"
#include "changes/feed.h"
#include "people/may.h"
#include "photos/photos_actions.h"
#include "places/ending.h"
#include "places/place_store.h"
#include "places/point_store.h"
#include "tallies/tallies_store.h"

namespace wujin::activities {
namespace {

using people::Actor;
using people::Verb;

// Which side an actor writes from at a place: a village's own people, else the station's.
Side side_of(const Actor& actor, const PlaceId& place) {
  const bool own = std::ranges::any_of(
      actor.grants, [&](const people::Grant& grant) { return grant.role == people::Role::village && grant.place == place; });
  return own ? Side::village : Side::station;
}

// Whether the actor may change a record that stands at `place`: one's own side's freely, a village's only by the station and with
// a reason, the station's only by the station.
Result<> judge_change(const Actor& actor, Side written_by, const PlaceId& place, const places::Tree& tree,
                      const std::optional<std::string>& reason) {
  const auto path = tree.place_and_ancestors(place);
  if (!people::may(actor, Verb::write_activity, path)) return Problem(ProblemCode::forbidden);
  const Side side = side_of(actor, place);
  if (side == written_by) return {};
  if (side == Side::village || !people::may(actor, Verb::edit_village_record, path)) return Problem(ProblemCode::forbidden);
  if (!reason) return Problem::at("reason", ProblemCode::required);
  return {};
}

Result<> claim_photos(Transaction& transaction, const Actor& actor, const Activity& activity, const ActivityChange& change,
                      Instant now) {
  std::vector<photos::Claim> claims;
  for (const PhotoClaim& photo : change.photos) {
    claims.push_back({photo.id, photo.bytes, photo.sha256, photo.taken_at, photo.latitude, photo.longitude});
  }
  return photos::claim(transaction, actor, activity.id.uuid(), activity.campaign.text(), claims, now);
}

// What is said of the pictures of other records that look like this one's changes with whose these are.
void stamp_alike(Transaction& transaction, const Activity& activity) {
  constexpr int most = 200;
  std::set<PlaceId> places = {activity.place};  // which the write itself stamps
  for (const ActivityPhoto& photo : activity.photos) {
    for (const photos::Near& near : photos::near_duplicates(transaction, photo.id, most)) {
      const auto other = find(transaction, Id<Activity>(near.owner));
      if (other && places.insert(other->place).second) tallies::stamp(transaction, other->campaign.text(), other->place.text());
    }
  }
}

// What every write leaves behind: the trail, the feed, and the point remembered for the next one who types it.
void note_write(Transaction& transaction, const Actor& actor, const Activity* before, const Activity* after,
                const std::optional<std::string>& reason, Instant now) {
  const Activity& activity = after != nullptr ? *after : *before;
  audit::Entry entry;
  entry.at = now;
  entry.town = activity.town.text();
  entry.account = actor.account.uuid();
  entry.verb = after == nullptr ? "remove_activity" : "submit_activity";
  entry.kind = "activity";
  entry.record = activity.id.to_string();
  entry.place = activity.place.text();
  entry.before = before != nullptr ? trail_of(*before, actor.display_name, std::nullopt) : "";
  entry.after = after != nullptr ? trail_of(*after, actor.display_name, reason) : "";
  if (after == nullptr) entry.before = trail_of(*before, actor.display_name, reason);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);

  const auto change_at = [&](const Activity& record, bool deleted) {
    changes::record(transaction,
                    {record.town.text(), record.campaign.text(), record.place.text(), "activity", record.id.to_string(), deleted},
                    now);
  };
  count(transaction, before, after);
  if (before != nullptr && (after == nullptr || before->place != after->place)) change_at(*before, true);
  if (after != nullptr) change_at(*after, false);
  if (after != nullptr && after->point) places::remember_point(transaction, after->place, *after->point, now);
}

// Fills in what follows from the content: town, report month, supplement.
Result<> settle(Activity& activity, const campaigns::Campaign& campaign, const places::Tree& tree) {
  const places::Place* town = tree.town_of(activity.place);
  if (town == nullptr || town->id != campaign.town)
    return Problem::at("place", ProblemCode::unknown_choice, {{"value", activity.place.text()}});
  activity.town = town->id;
  const Date day = china_date(activity.started_at);
  const auto month = campaigns::report_month_of(campaign.report_periods, day);
  activity.month = month.value_or(month_of(day));
  activity.supplement = campaigns::is_supplement_day(campaign.report_periods, day);
  return {};
}

// What was held before a place ended may come late; nothing can have been held there after.
Result<> check_stands(const Activity& activity, const places::Tree& tree) {
  return places::check_stands(*tree.find(activity.place), tree, china_date(activity.started_at), "started_at");
}

Result<Submitted> record_new(Transaction& transaction, const Actor& actor, const Id<Activity>& id, const ActivityChange& change,
                             const campaigns::Campaign& campaign, const places::Tree& tree, Instant now) {
  if (!people::may(actor, Verb::write_activity, tree.place_and_ancestors(change.place))) return Problem(ProblemCode::forbidden);
  Activity activity;
  static_cast<ActivityContent&>(activity) = static_cast<const ActivityContent&>(change);
  activity.id = id;
  activity.side = side_of(actor, change.place);
  activity.recorded_by = actor.account;
  activity.recorded_by_name = actor.display_name;
  activity.received_at = activity.updated_at = now;
  for (const PhotoClaim& photo : change.photos) activity.photos.push_back({photo.id, photo.caption});
  if (const auto settled = settle(activity, campaign, tree); !settled) return settled.error();
  if (const auto stands = check_stands(activity, tree); !stands) return stands.error();
  if (!change.photos.empty()) {
    if (const auto claimed = claim_photos(transaction, actor, activity, change, now); !claimed) return claimed.error();
    stamp_alike(transaction, activity);
  }
  insert(transaction, activity);
  note_write(transaction, actor, nullptr, &activity, std::nullopt, now);
  return Submitted{std::move(activity), true};
}

Result<Submitted> edit(Transaction& transaction, const Actor& actor, const Activity& before, const ActivityChange& change,
                       const campaigns::Campaign& campaign, const places::Tree& tree, Instant now) {
  if (const auto allowed = judge_change(actor, before.side, before.place, tree, change.reason); !allowed) return allowed.error();
  if (change.place != before.place) {
    const auto allowed = judge_change(actor, before.side, change.place, tree, change.reason);
    if (!allowed) return allowed.error();
  }
  Activity after = before;
  static_cast<ActivityContent&>(after) = static_cast<const ActivityContent&>(change);
  after.updated_at = now;
  after.version = before.version + 1;
  after.photos.clear();
  for (const PhotoClaim& photo : change.photos) after.photos.push_back({photo.id, photo.caption});
  if (const auto settled = settle(after, campaign, tree); !settled) return settled.error();
  const bool is_moved = after.place != before.place || china_date(after.started_at) != china_date(before.started_at);
  if (is_moved) {
    if (const auto stands = check_stands(after, tree); !stands) return stands.error();
  }
  stamp_alike(transaction, before);
  if (const auto claimed = claim_photos(transaction, actor, after, change, now); !claimed) return claimed.error();
  stamp_alike(transaction, after);
  update(transaction, after);
  note_write(transaction, actor, &before, &after, change.reason, now);
  return Submitted{std::move(after), false};
}

// A quota's own kinds, forms and holder, in place of what else was asked of these.
Result<> narrow_to_quota(Query& query, const std::optional<std::string>& id, const campaigns::Campaign& campaign) {
  if (!id) return {};
  const auto quota = std::ranges::find(campaign.quotas, *id, &campaigns::Quota::id);
  if (quota == campaign.quotas.end()) return Problem::at("quota", ProblemCode::unknown_choice, {{"value", *id}});
  query.kinds = quota->kinds;
  query.forms = quota->forms;
  if (quota->subject == campaigns::QuotaSubject::station) query.organizer = Organizer::station;
  return {};
}

bool may_read(const Actor& actor, const Activity& activity, const places::Tree& tree) {
  return people::may(actor, Verb::read_place, tree.place_and_ancestors(activity.place));
}

}  // namespace

Result<Submitted> submit_activity(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                  const Id<Activity>& id, const ActivityChange& entered, const Precondition& precondition,
                                  Instant now) {
  const places::Tree tree = places::read_tree(transaction, china_date(now));
  const auto before = find(transaction, id);
  if (before && !may_read(actor, *before, tree)) return Problem(ProblemCode::forbidden);
  if (before && before->deleted) return Problem(ProblemCode::gone);
  if (tree.find(entered.place) == nullptr)
    return Problem::at("place", ProblemCode::unknown_choice, {{"value", entered.place.text()}});
  const campaigns::Catalogue::Bundle bundle = catalogue.latest(transaction, entered.campaign);
  if (!bundle) return Problem::at("campaign", ProblemCode::unknown_choice, {{"value", entered.campaign.text()}});
  const campaigns::Campaign& campaign = bundle->campaign;
  if (const auto checked = check(entered, campaign); !checked) return checked.error();
  const ActivityChange change = tidied(entered);
  if (change.title.empty()) return Problem::at("title", ProblemCode::required);
  if (!before) return record_new(transaction, actor, id, change, campaign, tree, now);
  if (is_same(*before, change)) return Submitted{*before, false};
  if (precondition.must_be_new || precondition.etag != etag_of(before->version)) return Problem(ProblemCode::stale);
  return edit(transaction, actor, *before, change, campaign, tree, now);
}

Result<> remove_activity(Transaction& transaction, const Actor& actor, const Id<Activity>& id,
                         const std::optional<std::string>& etag, const std::optional<std::string>& reason, Instant now) {
  const places::Tree tree = places::read_tree(transaction, china_date(now));
  const auto before = find(transaction, id);
  if (!before || !may_read(actor, *before, tree)) return Problem(ProblemCode::not_found);
  if (before->deleted) return Problem(ProblemCode::gone);
  if (const auto allowed = judge_change(actor, before->side, before->place, tree, reason); !allowed) return allowed.error();
  if (etag && *etag != etag_of(before->version)) return Problem(ProblemCode::stale);
  stamp_alike(transaction, *before);
  photos::release_all(transaction, id.uuid(), now);
  mark_deleted(transaction, id, before->version + 1, now);
  note_write(transaction, actor, &*before, nullptr, reason, now);
  return {};
}

Result<Activity> read_activity(Snapshot& snapshot, const Actor& actor, const Id<Activity>& id, Instant now) {
  const auto activity = find(snapshot, id);
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  if (!activity || !may_read(actor, *activity, tree)) return Problem(ProblemCode::not_found);
  if (activity->deleted) return Problem(ProblemCode::gone);
  return *activity;
}

Result<std::vector<PlaceId>> readable_places(const Actor& actor, const places::Tree& tree, const PlaceId& town,
                                             const std::optional<PlaceId>& place) {
  const auto path = tree.place_and_ancestors(place.value_or(town));
  const bool sees_all_of_it = !path.empty() && people::may(actor, Verb::read_place, path);
  if (place && !sees_all_of_it) return Problem(ProblemCode::not_found);
  if (place && *place != town) return std::vector{*place};
  std::vector<PlaceId> places;
  if (sees_all_of_it) return places;
  for (const people::Scope& scope : people::scopes(actor, Verb::read_place)) {
    if (tree.is_within(scope.place, town)) places.push_back(scope.place);
  }
  if (places.empty()) return Problem(ProblemCode::not_found);
  return places;
}

Result<Query> readable_query(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const ListRequest& request,
                             Instant now) {
  const places::Tree tree = places::read_tree(snapshot, china_date(now));
  const campaigns::Catalogue::Bundle bundle = catalogue.latest(snapshot, request.campaign);
  if (!bundle) return Problem(ProblemCode::not_found);
  const PlaceId& town = bundle->campaign.town;
  Query query;
  query.campaign = request.campaign;
  query.month = request.month;
  query.from = request.from;
  query.to = request.to;
  query.entry = request.entry;
  if (request.kind) query.kinds = {*request.kind};
  if (request.form) query.forms = {*request.form};
  query.audience = request.audience;
  query.work_item = request.work_item;
  query.organizer = request.organizer;
  query.words = request.words;
  query.order = request.order;
  query.after = request.after;
  query.limit = request.limit;
  query.towns = {town};
  if (const auto narrowed = narrow_to_quota(query, request.quota, bundle->campaign); !narrowed) return narrowed.error();
  auto places = readable_places(actor, tree, town, request.place);
  if (!places) return places.error();
  query.places = std::move(*places);
  return query;
}

Result<std::vector<HistoryEntry>> read_history(Snapshot& snapshot, const Actor& actor, const Id<Activity>& id, Instant now) {
  const auto activity = find(snapshot, id);
  if (!activity || !may_read(actor, *activity, places::read_tree(snapshot, china_date(now))))
    return Problem(ProblemCode::not_found);
  audit::Filter filter;
  filter.kind = "activity";
  filter.record = id.to_string();
  constexpr int most = 1000;
  std::vector<HistoryEntry> history;
  for (const audit::ListedEntry& listed : audit::list(snapshot, filter, std::nullopt, most)) {
    if (listed.entry.outcome == audit::Outcome::done) history.push_back(history_of(listed.entry));
  }
  return history;
}

std::vector<std::string> may_do(const Actor& actor, const Activity& activity, const places::Tree& tree) {
  if (activity.deleted) return {};
  return may_do(actor, activity.side, activity.place, tree);
}

std::vector<std::string> may_do(const Actor& actor, Side written_by, const PlaceId& place, const places::Tree& tree) {
  if (!judge_change(actor, written_by, place, tree, "a reason is asked for when it comes to it")) return {};
  return {"edit", "delete"};
}

}  // namespace wujin::activities
