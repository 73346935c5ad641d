#include "reminders/feed.h"

#include <algorithm>

#include "audit/trail.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/weeks.h"
#include "deadlines/deadlines_actions.h"
#include "documents/icalendar.h"
#include "people/accounts_store.h"
#include "people/may.h"
#include "places/place_store.h"
#include "plans/plans_store.h"
#include "reminders/feeds_store.h"
#include "reminders/reminder.h"
#include "reminders/reminders_store.h"

namespace wujin::reminders {
namespace {

using documents::ICalendar;
using people::Actor;

constexpr int most_feeds = 20;  // of one account

void note(Transaction& transaction, const Actor& actor, const char* verb, const Id<Feed>& id, const PlaceId& place, Instant now) {
  audit::Entry entry;
  entry.at = now;
  const auto tree = places::read_tree(transaction, china_date(now));
  if (const auto* town = tree.town_of(place)) entry.town = town->id.text();
  entry.account = actor.account.uuid();
  entry.verb = verb;
  entry.kind = "calendar_feed";
  entry.record = id.to_string();
  entry.place = place.text();
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
}

// What the program acts as when a feed is read: its maker, as they stand now.
std::optional<Actor> maker_of(Snapshot& snapshot, const Feed& feed) {
  const auto account = people::find_account(snapshot, feed.account);
  if (!account || account->disabled) return std::nullopt;
  Actor actor;
  actor.account = account->id;
  actor.grants = account->grants;
  return actor;
}

struct FeedScene {
  const Campaign& campaign;
  const places::Tree& tree;
  const places::Place& place;
  std::string address;
  Instant now;
};

void add_deadlines(ICalendar& calendar, Snapshot& snapshot, const FeedScene& scene) {
  const bool is_town = scene.place.kind == places::PlaceKind::town;
  const auto board = deadlines::town_board(snapshot, scene.campaign, scene.tree, scene.now);
  const auto own = std::ranges::find(board.rows, scene.place.id, &deadlines::PlaceRow::place);
  for (const DueDay& day : due_days(board)) {
    for (const auto& column : day.columns) {
      const auto is_it = [&](const deadlines::Cell& cell) {
        return cell.deadline == column.deadline && cell.period == column.period && cell.state != handins::Standing::na;
      };
      const bool is_own = own != board.rows.end() && std::ranges::any_of(own->cells, is_it);
      if (!is_town && !is_own) continue;
      ICalendar::Event event;
      event.uid = scene.campaign.id.text() + "-" + scene.place.id.text() + "-" + column.deadline + "-" + column.period + "@wujin";
      event.stamp = start_of(scene.campaign.starts_on);
      event.sequence = scene.campaign.version;
      event.from = event.to = day.on;
      event.summary = column.name + "（截止）";
      if (!scene.address.empty()) event.url = scene.address + (is_town ? "/office/#/filing" : "/phone/reports");
      calendar.add(event);
    }
  }
}

// Who is in charge stays out: a link may travel further than was meant.
void add_plan_rows(ICalendar& calendar, Snapshot& snapshot, const FeedScene& scene) {
  for (const places::Place* place : scene.tree.subtree(scene.place.id)) {
    for (const plans::PlanRow& row : plans::rows_of(snapshot, scene.campaign.id, place->id)) {
      if (!places::stands_on(*place, row.from)) continue;
      ICalendar::Event event;
      event.uid = row.id.to_string() + "@wujin";
      event.stamp = row.updated_at;
      event.sequence = row.version;
      event.from = row.from;
      event.to = row.to;
      event.summary = place->name + "：" + row.focus;
      event.description = campaigns::plan_dates({row.from, row.to});
      for (const PlaceId& where : row.places) {
        const auto* at = scene.tree.find(where);
        if (at != nullptr) event.location += (event.location.empty() ? "" : "、") + at->name;
      }
      calendar.add(event);
    }
  }
}

}  // namespace

Result<NewFeed> make_feed(Transaction& transaction, campaigns::Catalogue& catalogue, Randomness& randomness, const Actor& actor,
                          const CampaignId& campaign, const PlaceId& place, Instant now) {
  const auto bundle = campaigns::visible_campaign(transaction, catalogue, actor, campaign, now);
  if (!bundle) return bundle.error();
  const auto tree = places::read_tree(transaction, china_date(now));
  const auto path = tree.place_and_ancestors(place);
  const bool is_inside = tree.find(place) != nullptr && tree.is_within(place, (*bundle)->campaign.town);
  if (!is_inside || !people::may(actor, people::Verb::read_place, path)) return Problem(ProblemCode::not_found);
  if (own_feeds(transaction, actor).size() >= most_feeds) {
    return Problem::at("place", ProblemCode::too_many, {{"limit", std::to_string(most_feeds)}});
  }
  NewFeed made{{Id<Feed>::random(randomness), campaign, place, actor.account, now}, secrets::make_token(randomness)};
  insert(transaction, made.feed, secrets::digest_of(made.token));
  note(transaction, actor, "make_calendar_feed", made.feed.id, place, now);
  return made;
}

std::vector<Feed> own_feeds(Snapshot& snapshot, const Actor& actor) { return feeds_of(snapshot, actor.account); }

Result<> revoke_feed(Transaction& transaction, const Actor& actor, const Id<Feed>& id, Instant now) {
  const auto feeds = own_feeds(transaction, actor);
  const auto found = std::ranges::find(feeds, id, &Feed::id);
  if (found == feeds.end()) return Problem(ProblemCode::not_found);
  revoke(transaction, id, now);
  note(transaction, actor, "revoke_calendar_feed", id, found->place, now);
  return {};
}

int revoke_feeds_of(Transaction& transaction, const Actor& actor, const Id<people::Account>& account, Instant now) {
  const auto feeds = feeds_of(transaction, account);
  for (const Feed& feed : feeds) {
    revoke(transaction, feed.id, now);
    note(transaction, actor, "revoke_calendar_feed", feed.id, feed.place, now);
  }
  return static_cast<int>(feeds.size());
}

Result<std::string> read_feed(Snapshot& snapshot, campaigns::Catalogue& catalogue, std::string_view token, Instant now) {
  const auto feed = find_feed(snapshot, secrets::digest_of(token));
  if (!feed) return Problem(ProblemCode::not_found);
  const auto maker = maker_of(snapshot, *feed);
  const auto bundle = catalogue.latest(snapshot, feed->campaign);
  const auto tree = places::read_tree(snapshot, china_date(now));
  const auto* place = tree.find(feed->place);
  if (!maker || bundle == nullptr || place == nullptr) return Problem(ProblemCode::not_found);
  if (!people::may(*maker, people::Verb::read_place, tree.place_and_ancestors(place->id))) return Problem(ProblemCode::not_found);
  const Campaign& campaign = bundle->campaign;
  const auto settings = read_settings(snapshot, campaign.town).settings;
  const FeedScene scene{campaign, tree, *place, settings.address.value_or(""), now};
  ICalendar calendar("-//Wujin//Deadlines and plans//ZH", place->name + campaign.short_title);
  add_deadlines(calendar, snapshot, scene);
  add_plan_rows(calendar, snapshot, scene);
  return calendar.finish();
}

}  // namespace wujin::reminders
