#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/due.h"
#include "handins/handin.h"
#include "handins/handins_store.h"
#include "people/actor.h"

// The verbs of handing in, for every deliverable alike. Rights are judged here; `path` is the place with its ancestors
// (places::Tree::place_and_ancestors). Each leaves its mark in the trail and the change feed.
namespace wujin::handins {

struct SubmissionRequest {
  std::optional<std::string> explanation;  // why it comes late
};
BOOST_DESCRIBE_STRUCT(SubmissionRequest, (), (explanation))

// The Word file that was made and put in the vault before the write, and what it was made from.
struct MadeDocument {
  std::string sha256;  // hexadecimal
  std::string digest;  // content_digest
};

// Freezes the next version. `due` may be null. What came another way than through the program, a letter, was here at `arrived_at`
// and is judged by that; the trail says `now`. Errors: forbidden, already_handed_in (nothing changed since).
Result<Version> hand_in(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                        const Subject& subject, const Frozen& frozen, const campaigns::Due* due, Instant now,
                        std::optional<Instant> arrived_at = std::nullopt);

// Errors: forbidden, not_handed_in, already_reviewed.
Result<Version> withdraw(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                         const Subject& subject, Instant now);

// Takes back a version that was never the place's own, whatever was handed in or returned since: it counts as withdrawn.
// Errors: forbidden, not_handed_in, already_reviewed (it was accepted).
Result<Version> take_back(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                          const Subject& subject, int number, Instant now);

// The newest version as the reviewer had it before them. Whoever names it decides on nothing else: not on a newer hand-in, nor
// over another officer's decision.
struct Seen {
  int version = 1;
  VersionState state = VersionState::submitted;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (version, state))

// What a return says. Without a date the campaign's days allowed after a return count from today.
struct ReturnRequest {
  std::string reason;
  std::optional<std::string> reason_id;
  std::optional<Date> correct_by;
  std::optional<Seen> seen;
};
BOOST_DESCRIBE_STRUCT(ReturnRequest, (), (reason, reason_id, correct_by, seen))

struct AcceptanceRequest {
  std::optional<Seen> seen;
};
BOOST_DESCRIBE_STRUCT(AcceptanceRequest, (), (seen))

// Errors: validation (reason, correct_by), forbidden, not_handed_in, not_the_newest.
Result<Version> return_to_place(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                                const Subject& subject, const ReturnRequest& request, const campaigns::Campaign& campaign,
                                Instant now);

// Nobody accepts what they handed in. Errors: forbidden, own_hand_in, not_handed_in, already_reviewed, not_the_newest.
Result<Version> accept(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                       const Subject& subject, const AcceptanceRequest& request, Instant now);

// Of these the actor's next steps, as the wire names them and in this order: "withdraw", "return", "accept", and "exempt" where
// there is a deadline to be exempt from.
std::vector<std::string> may_decide(const people::Actor& actor, std::span<const PlaceId> path, std::span<const Version> versions,
                                    bool has_deadline);

// Exempts a place from handing something in; the same again with the same reason changes nothing.
// Errors: validation (reason), forbidden.
Result<Exemption> exempt(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                         const Subject& subject, const std::string& reason, Instant now);
// Lifts it; nothing to lift is no error. Errors: forbidden.
Result<> lift_exemption(Transaction& transaction, const people::Actor& actor, std::span<const PlaceId> path,
                        const Subject& subject, Instant now);

// Marks a change short of a hand-in: of a draft, of a comment on it. `before` and `after` as the trail keeps them; empty: there
// was, or is, nothing.
void note_change(Transaction& transaction, const people::Actor& actor, const Subject& subject, std::string_view verb,
                 const std::string& before, const std::string& after, Instant now);

// How the change feed and the trail name what was handed in: "report" and "baofeng-2023/500118112200/2023-10".
std::string kind_of(const Subject& subject);
std::string record_of(const Subject& subject);

}  // namespace wujin::handins
