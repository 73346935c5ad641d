#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "campaigns/campaign.h"
#include "campaigns/due.h"
#include "people/actor.h"

// What is handed in, returned and accepted: the same for plans, reports and summaries. A hand-in freezes a numbered version;
// nothing here is ever overwritten but the decision on a version.
namespace wujin::handins {

using campaigns::CampaignId;
using campaigns::Deliverable;
using places::PlaceId;

// What is owed: one deliverable of one place in one period ("2023-10", or "2023" for one a campaign).
struct Subject {
  CampaignId campaign;
  PlaceId town;
  PlaceId place;
  Deliverable deliverable = Deliverable::report;
  std::string period;
  bool operator==(const Subject&) const = default;
};

enum class VersionState : std::uint8_t { submitted, withdrawn, returned, accepted };
BOOST_DESCRIBE_ENUM(VersionState, submitted, withdrawn, returned, accepted)

// Why a version went back to the village. `correct_by` is a deadline of its own and never touches the hand-in's timeliness.
struct ReturnNote {
  std::string reason;
  std::optional<std::string> reason_id;  // of the campaign's preset reasons
  std::optional<Date> correct_by;        // inclusive
  Instant at;
  std::optional<std::string> by;
  std::optional<int> version;
};
BOOST_DESCRIBE_STRUCT(ReturnNote, (), (reason, reason_id, correct_by, at, by, version))

// What was frozen when it was handed in.
struct Frozen {
  std::string sha256;          // of the Word file in the vault, lower-case hexadecimal
  std::string content_digest;  // of what it was made from: tells "changed since hand-in" without making the file again
  int campaign_version = 0;
  int activities = 0;
  int photos = 0;
  bool no_activity = false;  // 情况说明: nothing was held, and why
  std::optional<std::string> explanation;
};

struct Version : Frozen {
  int number = 1;
  Instant submitted_at;
  Id<people::Account> by;
  std::string by_name;
  campaigns::Timeliness timeliness;  // of this version's own moment
  VersionState state = VersionState::submitted;
  std::optional<Instant> decided_at;
  std::optional<std::string> decided_by;
  std::optional<ReturnNote> returned;
};

// A place need not hand something in (免报), and why. What it hands in all the same stands as any other.
struct Exemption {
  std::string reason;
  Instant at;
  std::string by;
};

// How a deliverable stands, in the words of the contract (DeliverableState).
enum class Standing : std::uint8_t { not_due, due, overdue, submitted, withdrawn, returned, resubmitted, accepted, exempt, na };
BOOST_DESCRIBE_ENUM(Standing, not_due, due, overdue, submitted, withdrawn, returned, resubmitted, accepted, exempt, na)

// How soon somebody must see to it: the lower, the sooner. Of what is owed first what is late, then what waits for review; what
// is settled comes last.
int urgency_of(Standing standing);

// `versions` in the order of their numbers, everywhere below. `due` may be null: nothing is owed by a date. What has lapsed is
// 不适用 unless it was handed in.
Standing standing_of(std::span<const Version> versions, const campaigns::Due* due, const Exemption* exemption, Instant now,
                     int due_soon_days);

// The hand-in that counts: the first that was not withdrawn. A return never changes it (architecture.md, Time).
const Version* first_valid(std::span<const Version> versions);
// Its moment judged by the deadline as it reads today: a campaign that moves a deadline has what came in judged anew. Without
// one, what was judged on the day stands.
std::optional<campaigns::Timeliness> timeliness_of(std::span<const Version> versions, const campaigns::Due* due);

// The return that still waits for its correction.
const ReturnNote* open_return(std::span<const Version> versions);

// True when the newest hand-in that stands was made from something else than `content_digest`.
bool is_changed(std::span<const Version> versions, const std::string& content_digest);

// What is handed in may not be changed: not while a hand-in stands that has everything.
bool is_locked(std::span<const Version> versions, const std::string& content_digest);

// A first hand-in, one after a withdrawal or a return, or a newer one of changed content (what was held after the hand-in).
bool may_hand_in(std::span<const Version> versions, const std::string& content_digest);

// Whether the etag of an If-Match names what is there; "*" stands for whatever that is (RFC 9110).
bool is_current(std::string_view etag, std::string_view present);

bool may_withdraw(std::span<const Version> versions);  // until it is reviewed
bool may_return(std::span<const Version> versions);    // an accepted one too
bool may_accept(std::span<const Version> versions);
bool may_exempt(std::span<const Version> versions);  // nothing stands that was handed in

// A version as the wire tells it (contract: HandInVersion).
struct VersionAnswer {
  int number = 1;
  Instant submitted_at;
  std::string by;
  bool on_time = true;
  int late_days = 0;
  std::string sha256;
  VersionState state = VersionState::submitted;
  std::optional<bool> no_activity;
  std::optional<Instant> decided_at;
  std::optional<std::string> decided_by;
  std::optional<int> campaign_version;
};
BOOST_DESCRIBE_STRUCT(VersionAnswer, (),
                      (number, submitted_at, by, on_time, late_days, sha256, state, no_activity, decided_at, decided_by,
                       campaign_version))
std::vector<VersionAnswer> answers_of(std::span<const Version> versions);

// When it is due, as the wire tells it (contract: Due).
struct DueAnswer {
  std::string deadline;
  std::string period;
  std::optional<Date> due_on;
  Instant due_at;
  int days_left = 0;
  std::optional<bool> on_time;
  std::optional<int> late_days;
};
BOOST_DESCRIBE_STRUCT(DueAnswer, (), (deadline, period, due_on, due_at, days_left, on_time, late_days))
DueAnswer answer_of(const campaigns::Due& due, std::span<const Version> versions, Instant now);

}  // namespace wujin::handins
