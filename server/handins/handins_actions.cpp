#include "handins/handins_actions.h"

#include <algorithm>

#include "audit/trail.h"
#include "base/json.h"
#include "base/text.h"
#include "changes/feed.h"
#include "people/may.h"

namespace wujin::handins {
namespace {

using people::Actor;
using people::Verb;

// What the trail keeps of a version: enough to prove what stood when.
struct TrailVersion {
  int number = 1;
  VersionState state = VersionState::submitted;
  Instant submitted_at;
  bool on_time = true;
  int late_days = 0;
  std::string sha256;
  std::optional<std::string> reason;
  std::optional<Date> correct_by;
};
BOOST_DESCRIBE_STRUCT(TrailVersion, (), (number, state, submitted_at, on_time, late_days, sha256, reason, correct_by))

std::string trail_of(const Version& version) {
  TrailVersion trail;
  trail.number = version.number;
  trail.state = version.state;
  trail.submitted_at = version.submitted_at;
  trail.on_time = version.timeliness.on_time;
  trail.late_days = version.timeliness.late_days;
  trail.sha256 = version.sha256;
  if (version.returned) {
    trail.reason = version.returned->reason;
    trail.correct_by = version.returned->correct_by;
  }
  return encode_json(trail);
}

struct TrailExemption {
  std::string reason;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(TrailExemption, (), (reason, by))

std::string trail_of(const Exemption& exemption) { return encode_json(TrailExemption{exemption.reason, exemption.by}); }

void note_in_feed(Transaction& transaction, const Subject& subject, const std::string& kind, Instant now) {
  changes::record(transaction,
                  {subject.town.text(), subject.campaign.text(), subject.place.text(), kind, record_of(subject), false}, now);
}

// A change that moves the deadline's state, too. `before` and `after` as the trail keeps them; empty: there was, or is, nothing.
void note_write(Transaction& transaction, const Actor& actor, const Subject& subject, std::string_view verb,
                const std::string& before, const std::string& after, Instant now) {
  note_change(transaction, actor, subject, verb, before, after, now);
  note_in_feed(transaction, subject, "deadline", now);
}

// Keeps a decision on the newest version and notes it.
Version decided(Transaction& transaction, const Actor& actor, const Subject& subject, const Version& before, VersionState state,
                std::optional<ReturnNote> returned, std::string_view verb, Instant now) {
  Version after = before;
  after.state = state;
  after.decided_at = now;
  after.decided_by = actor.display_name;
  after.returned = std::move(returned);
  decide(transaction, subject, after);
  note_write(transaction, actor, subject, verb, trail_of(before), trail_of(after), now);
  return after;
}

Problem nothing_waits(std::span<const Version> versions) {
  const bool stands = !versions.empty() && versions.back().state == VersionState::accepted;
  return Problem(stands ? ProblemCode::already_reviewed : ProblemCode::not_handed_in);
}

bool is_newest(const std::optional<Seen>& seen, std::span<const Version> versions) {
  if (!seen) return true;
  return !versions.empty() && versions.back().number == seen->version && versions.back().state == seen->state;
}

Result<> check(const ReturnRequest& request, const campaigns::Campaign& campaign, Instant now) {
  std::vector<Fault> faults;
  if (trimmed(request.reason).empty()) faults.push_back({"reason", ProblemCode::required, {}});
  if (count_characters(request.reason) > 1000) faults.push_back({"reason", ProblemCode::too_long, {{"limit", "1000"}}});
  if (request.reason_id && std::ranges::find(campaign.return_reasons, *request.reason_id, &campaigns::ReturnReason::id) ==
                               campaign.return_reasons.end()) {
    faults.push_back({"reason_id", ProblemCode::unknown_choice, {{"value", *request.reason_id}}});
  }
  if (request.correct_by && *request.correct_by < china_date(now)) {
    faults.push_back({"correct_by", ProblemCode::out_of_range, {{"low", to_string(china_date(now))}, {"high", "9999-12-31"}}});
  }
  if (faults.empty()) return {};
  return Problem::of(std::move(faults));
}

}  // namespace

std::string kind_of(const Subject& subject) { return boost::describe::enum_to_string(subject.deliverable, ""); }

std::string record_of(const Subject& subject) {
  std::string record = subject.campaign.text() + "/" + subject.place.text();
  if (subject.deliverable == Deliverable::report) record += "/" + subject.period;
  return record;
}

void note_change(Transaction& transaction, const Actor& actor, const Subject& subject, std::string_view verb,
                 const std::string& before, const std::string& after, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = subject.town.text();
  entry.account = actor.account.uuid();
  entry.verb = verb;
  entry.kind = kind_of(subject);
  entry.record = record_of(subject);
  entry.place = subject.place.text();
  entry.before = before;
  entry.after = after;
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
  note_in_feed(transaction, subject, kind_of(subject), now);
}

Result<Version> hand_in(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path, const Subject& subject,
                        const Frozen& frozen, const campaigns::Due* due, Instant now, std::optional<Instant> arrived_at) {
  if (!people::may(actor, Verb::hand_in, path)) return Problem(ProblemCode::forbidden);
  const auto versions = versions_of(transaction, subject);
  if (!may_hand_in(versions, frozen.content_digest)) return Problem(ProblemCode::already_handed_in);
  Version version;
  static_cast<Frozen&>(version) = frozen;
  version.number = versions.empty() ? 1 : versions.back().number + 1;
  version.submitted_at = arrived_at.value_or(now);
  version.by = actor.account;
  version.by_name = actor.display_name;
  if (due != nullptr) version.timeliness = campaigns::judge(*due, version.submitted_at);
  insert(transaction, subject, version);
  note_write(transaction, actor, subject, "hand_in", "", trail_of(version), now);
  return version;
}

Result<Version> withdraw(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path, const Subject& subject,
                         Instant now) {
  if (!people::may(actor, Verb::withdraw, path)) return Problem(ProblemCode::forbidden);
  const auto versions = versions_of(transaction, subject);
  if (!may_withdraw(versions)) return nothing_waits(versions);
  return decided(transaction, actor, subject, versions.back(), VersionState::withdrawn, std::nullopt, "withdraw", now);
}

Result<Version> take_back(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path, const Subject& subject,
                          int number, Instant now) {
  if (!people::may(actor, Verb::withdraw, path)) return Problem(ProblemCode::forbidden);
  const auto versions = versions_of(transaction, subject);
  const auto found = std::ranges::find(versions, number, &Version::number);
  if (found == versions.end()) return Problem(ProblemCode::not_handed_in);
  if (found->state == VersionState::accepted) return Problem(ProblemCode::already_reviewed);
  if (found->state == VersionState::withdrawn) return *found;
  return decided(transaction, actor, subject, *found, VersionState::withdrawn, found->returned, "take_back", now);
}

Result<Version> return_to_place(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path,
                                const Subject& subject, const ReturnRequest& request, const campaigns::Campaign& campaign,
                                Instant now) {
  if (!people::may(actor, Verb::return_, path)) return Problem(ProblemCode::forbidden);
  if (const auto checked = check(request, campaign, now); !checked) return checked.error();
  const auto versions = versions_of(transaction, subject);
  if (!is_newest(request.seen, versions)) return Problem(ProblemCode::not_the_newest);
  if (!may_return(versions)) return Problem(ProblemCode::not_handed_in);
  ReturnNote note;
  note.reason = trimmed(request.reason);
  note.reason_id = request.reason_id;
  note.correct_by = request.correct_by.value_or(campaigns::correct_by(now, campaign.options.return_days));
  note.at = now;
  note.by = actor.display_name;
  note.version = versions.back().number;
  return decided(transaction, actor, subject, versions.back(), VersionState::returned, std::move(note), "return", now);
}

Result<Version> accept(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path, const Subject& subject,
                       const AcceptanceRequest& request, Instant now) {
  if (!people::may(actor, Verb::accept, path)) return Problem(ProblemCode::forbidden);
  const auto versions = versions_of(transaction, subject);
  if (!is_newest(request.seen, versions)) return Problem(ProblemCode::not_the_newest);
  if (!may_accept(versions)) return nothing_waits(versions);
  if (versions.back().by == actor.account) return Problem(ProblemCode::own_hand_in);
  return decided(transaction, actor, subject, versions.back(), VersionState::accepted, std::nullopt, "accept", now);
}

std::vector<std::string> may_decide(const Actor& actor, std::span<const PlaceId> path, std::span<const Version> versions,
                                    bool has_deadline) {
  const auto allowed = [&](Verb verb) { return people::may(actor, verb, path); };
  std::vector<std::string> verbs;
  if (allowed(Verb::withdraw) && may_withdraw(versions)) verbs.emplace_back("withdraw");
  if (allowed(Verb::return_) && may_return(versions)) verbs.emplace_back("return");
  const bool is_anothers = !versions.empty() && versions.back().by != actor.account;
  if (allowed(Verb::accept) && may_accept(versions) && is_anothers) verbs.emplace_back("accept");
  if (allowed(Verb::exempt) && has_deadline && may_exempt(versions)) verbs.emplace_back("exempt");
  return verbs;
}

Result<Exemption> exempt(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path, const Subject& subject,
                         const std::string& reason, Instant now) {
  if (!people::may(actor, Verb::exempt, path)) return Problem(ProblemCode::forbidden);
  const Exemption wanted{std::string(trimmed(reason)), now, actor.display_name};
  if (wanted.reason.empty()) return Problem::at("reason", ProblemCode::required);
  constexpr int most = 300;
  if (count_characters(wanted.reason) > most)
    return Problem::at("reason", ProblemCode::too_long, {{"limit", std::to_string(most)}});
  const auto before = exemption_of(transaction, subject);
  if (before && before->reason == wanted.reason) return *before;
  keep_exemption(transaction, subject, wanted);
  note_write(transaction, actor, subject, "exempt", before ? trail_of(*before) : "", trail_of(wanted), now);
  return wanted;
}

Result<> lift_exemption(Transaction& transaction, const Actor& actor, std::span<const PlaceId> path, const Subject& subject,
                        Instant now) {
  if (!people::may(actor, Verb::exempt, path)) return Problem(ProblemCode::forbidden);
  const auto before = exemption_of(transaction, subject);
  if (!before) return {};
  drop_exemption(transaction, subject);
  note_write(transaction, actor, subject, "lift_exemption", trail_of(*before), "", now);
  return {};
}

}  // namespace wujin::handins
