#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "campaigns/campaign.h"
#include "people/actor.h"
#include "photos/photo.h"

namespace wujin::plans {
struct PlanRow;
}

// One outreach activity: recorded once, where it happens; plan, report and board read it from here.
namespace wujin::activities {

using campaigns::CampaignId;
using photos::Photo;
using places::PlaceId;

// Who held it; the place says where. Coverage counts by place, the station's weekly quota by organizer.
enum class Organizer : std::uint8_t { village, station, both };
BOOST_DESCRIBE_ENUM(Organizer, village, station, both)

// Who wrote the record. The station changes what a village wrote only with a reason; a village never changes the station's.
enum class Side : std::uint8_t { village, station };
BOOST_DESCRIBE_ENUM(Side, village, station)

// A picture as the recorder names it; its bytes follow by upload, in any order. Time and place are claims of the phone.
struct PhotoClaim {
  Id<Photo> id;
  std::int64_t bytes = 0;
  std::string sha256;  // lower-case hexadecimal
  std::optional<std::string> caption;
  std::optional<Instant> taken_at;
  std::optional<double> latitude;
  std::optional<double> longitude;
};
BOOST_DESCRIBE_STRUCT(PhotoClaim, (), (id, bytes, sha256, caption, taken_at, latitude, longitude))

// What a person enters. Identifiers are the campaign's choices.
struct ActivityContent {
  CampaignId campaign;
  PlaceId place;
  std::string entry;
  Instant started_at;
  std::string title;
  std::string text;
  std::optional<bool> date_only;  // only the day of started_at is known
  std::optional<std::string> kind;
  std::optional<std::string> form;
  std::optional<std::vector<std::string>> audiences;
  std::optional<std::vector<std::string>> topics;
  std::optional<std::vector<std::string>> settings;
  std::optional<std::string> sector;
  std::optional<std::string> work_item;
  std::optional<Organizer> organizer;
  std::optional<std::string> point;
  std::optional<Instant> ended_at;
  std::optional<int> people_about;
  std::optional<int> leaflets;
  std::optional<std::vector<std::string>> partners;
  std::optional<Id<plans::PlanRow>> plan_row;
  std::optional<std::string> on_behalf_reason;
  std::optional<Instant> recorded_at;           // the phone's claim of when it was written down
  std::optional<std::int64_t> clock_offset_ms;  // the phone's clock less the server's, as last known
};
BOOST_DESCRIBE_STRUCT(ActivityContent, (),
                      (campaign, place, entry, started_at, title, text, date_only, kind, form, audiences, topics, settings,
                       sector, work_item, organizer, point, ended_at, people_about, leaflets, partners, plan_row,
                       on_behalf_reason, recorded_at, clock_offset_ms))

// The body of PUT: what a person enters, its pictures, and why the station changes a village's record.
struct ActivityChange : ActivityContent {
  std::vector<PhotoClaim> photos;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(ActivityChange, (ActivityContent), (photos, reason))

// A picture's place in an activity.
struct ActivityPhoto {
  Id<Photo> id;
  std::optional<std::string> caption;
};

// One activity as it is kept.
struct Activity : ActivityContent {
  Id<Activity> id;
  PlaceId town;
  Side side = Side::village;
  Month month;              // the report it belongs to
  bool supplement = false;  // after the cut-off of that report
  Id<people::Account> recorded_by;
  std::string recorded_by_name;
  Instant received_at;
  Instant updated_at;
  std::int64_t version = 1;
  bool deleted = false;
  std::vector<ActivityPhoto> photos;
};

// The etag of a version, its quotation marks included.
std::string etag_of(std::int64_t version);

// What the wire says of an activity that follows from nothing but its own row.
struct ActivityRecord : ActivityContent {
  Id<Activity> id;
  std::string etag;
  Instant received_at;
  Instant updated_at;
  std::string recorded_by;
  Month month;
  bool supplement = false;
};
BOOST_DESCRIBE_STRUCT(ActivityRecord, (ActivityContent), (id, etag, received_at, updated_at, recorded_by, month, supplement))
ActivityRecord record_of(const Activity& activity);

// Everything wrong with what was entered, judged against the campaign's choices: unknown identifiers, empty or overlong words,
// numbers out of range, ends before starts, pictures named twice.
Result<> check(const ActivityChange& change, const campaigns::Campaign& campaign);

// As it is kept: white space at both ends gone, lists without repeats, empty optionals absent, held by the village unless said.
ActivityChange tidied(ActivityChange change);

// Whether keeping `change` would change nothing of `activity`; the reason for a change and the phone's clock do not count.
bool is_same(const Activity& activity, const ActivityChange& change);

}  // namespace wujin::activities
