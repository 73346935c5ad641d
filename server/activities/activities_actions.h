#pragma once

#include <optional>
#include <string>
#include <vector>

#include "activities/activities_store.h"
#include "activities/activity.h"
#include "audit/trail.h"
#include "campaigns/catalogue.h"
#include "people/actor.h"
#include "places/place.h"

namespace wujin::activities {

// What the caller believes is there: If-Match and If-None-Match.
struct Precondition {
  std::optional<std::string> etag;  // the version that was edited
  bool must_be_new = false;
};

struct Submitted {
  Activity activity;
  bool is_new = false;
};

// Records an activity or edits one. The same content under the same id again is the same outcome. Pictures may have arrived
// before. Errors: validation, forbidden, gone, stale (carrying nothing: the api adds the present record), reason_required.
Result<Submitted> submit_activity(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                  const Id<Activity>& id, const ActivityChange& change, const Precondition& precondition,
                                  Instant now);

// Deletes an activity and its pictures; its history stays. Errors: not_found, gone, stale, forbidden, validation (a reason).
Result<> remove_activity(Transaction& transaction, const people::Actor& actor, const Id<Activity>& id,
                         const std::optional<std::string>& etag, const std::optional<std::string>& reason, Instant now);

// Errors: not_found (also for what the actor may not read), gone.
Result<Activity> read_activity(Snapshot& snapshot, const people::Actor& actor, const Id<Activity>& id, Instant now);

// What an answer about a town, or one place of it, is narrowed to: the places the actor may read; none when that is the whole
// town. Errors: not_found.
Result<std::vector<PlaceId>> readable_places(const people::Actor& actor, const places::Tree& tree, const PlaceId& town,
                                             const std::optional<PlaceId>& place);

// What a caller asks a list for; places are narrowed to what the actor may read.
struct ListRequest {
  CampaignId campaign;
  std::optional<PlaceId> place;  // a town stands for all its places
  std::optional<Month> month;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::string> entry;
  std::optional<std::string> kind;
  std::optional<std::string> form;
  std::optional<std::string> audience;
  std::optional<std::string> work_item;
  std::optional<Organizer> organizer;
  std::optional<std::string> quota;  // what counts towards it
  std::string words;
  Order order = Order::newest;
  std::optional<Position> after;
  int limit = 50;
};
// What of it the actor may see, for page_of. Errors: not_found for a campaign or place the actor may not see; validation (a
// quota that is none of the campaign's).
Result<Query> readable_query(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                             const ListRequest& request, Instant now);

// One change of a record, from the trail.
struct HistoryChange {
  std::string field;
  std::optional<std::string> before;
  std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(HistoryChange, (), (field, before, after))

enum class HistoryAction : std::uint8_t { created, edited, deleted };
BOOST_DESCRIBE_ENUM(HistoryAction, created, edited, deleted)

struct HistoryEntry {
  Instant at;
  std::string by;
  HistoryAction action = HistoryAction::edited;
  std::optional<std::string> reason;
  std::vector<HistoryChange> changes;
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (at, by, action, reason, changes))

// Newest first, of a deleted activity too. Errors: not_found.
Result<std::vector<HistoryEntry>> read_history(Snapshot& snapshot, const people::Actor& actor, const Id<Activity>& id,
                                               Instant now);

// What the actor may still do with it, as the wire names it: "edit", "delete".
std::vector<std::string> may_do(const people::Actor& actor, const Activity& activity, const places::Tree& tree);
// The same of any present record that was written from a side at a place.
std::vector<std::string> may_do(const people::Actor& actor, Side written_by, const PlaceId& place, const places::Tree& tree);

}  // namespace wujin::activities
