#include <algorithm>

#include "handins/handins_actions.h"
#include "handins/handins_store.h"
#include "mailbox/filing_kind.h"
#include "places/place_store.h"

// Taking back what a letter filed.
namespace wujin::mailbox {
namespace {

// Whoever takes back acts at the village's own place, as the letter did, under their own name.
people::Actor at_place(people::Actor actor, const PlaceId& place) {
  actor.grants = {{people::Role::village, place}};
  return actor;
}

ToBeFiled nothing_for(const handins::Subject& subject) {
  ToBeFiled wanted;
  wanted.deliverable = subject.deliverable;
  wanted.place = subject.place;
  if (subject.deliverable == Deliverable::report) wanted.month = parse_month(subject.period).value();
  return wanted;
}

// Takes back one thing a letter filed.
class TakingBack {
 public:
  TakingBack(const FilingParts& parts, FiledFor filed, const people::Actor& by, Instant now)
      : filed_(std::move(filed)),
        hand_{at_place(by, filed_.subject.place), filed_.thing.arrived_at, now},
        kind_(filing_kind(parts, hand_, filed_.subject.campaign, nothing_for(filed_.subject))) {}

  Result<TakenBack> run(Transaction& transaction) {
    const auto present = kind_->look(transaction);
    if (!present) return present.error();
    const auto things = filed_for(transaction, filed_.subject);
    const bool stands = things.back().letter == filed_.thing.letter;
    if (stands && is_accepted(*present)) return Problem(ProblemCode::letter_accepted);
    outcome_.filed = filed_of(filed_.thing, *present);
    outcome_.was_replaced = !stands;
    if (const auto withdrawn = withdraw(transaction); !withdrawn) return withdrawn.error();
    if (stands) {
      outcome_.had_replaced_another = std::ranges::any_of(
          things, [&](const FiledThing& thing) { return thing.letter != filed_.thing.letter && !thing.taken_back_at; });
      if (const auto removed = remove_records(transaction, *present); !removed) return removed.error();
    }
    filed_.thing.taken_back_at = hand_.now;
    filed_.thing.version.reset();
    keep_filed(transaction, filed_.subject, filed_.thing);
    return outcome_;
  }

 private:
  static bool is_accepted(const Present& present) {
    return !present.versions.empty() && present.versions.back().state == handins::VersionState::accepted;
  }

  Result<> withdraw(Transaction& transaction) {
    if (!filed_.thing.version) return {};
    const auto tree = places::read_tree(transaction, china_date(hand_.now));
    const auto path = tree.place_and_ancestors(filed_.subject.place);
    const auto taken = handins::take_back(transaction, hand_.actor, path, filed_.subject, *filed_.thing.version, hand_.now);
    if (taken) return {};
    outcome_.hand_in_kept = taken.error().code() == ProblemCode::already_reviewed;
    return outcome_.hand_in_kept ? Result<>() : taken.error();
  }

  // Leaves the thing as it then is, so that the next letter finds untouched what nobody touched.
  Result<> remove_records(Transaction& transaction, const Present& present) {
    const auto records = filed_records(transaction, filed_.subject);
    const auto touched = kind_->touched(transaction, present, records, filed_.thing.draft_version);
    const bool is_draft_as_left = present.draft_version == filed_.thing.draft_version;
    const auto removed = kind_->remove(transaction, touched.untouched, is_draft_as_left);
    if (!removed) return removed.error();
    outcome_.removed = static_cast<int>(touched.untouched.size());
    outcome_.kept = touched.kept;
    keep_filed_records(transaction, filed_.subject, {});
    const auto after = kind_->look(transaction);
    if (!after) return after.error();
    filed_.thing.content_digest = after->content_digest;
    if (is_draft_as_left) filed_.thing.draft_version = after->draft_version;
    return {};
  }

  FiledFor filed_;
  const FilingHand hand_;
  const std::unique_ptr<FilingKind> kind_;
  TakenBack outcome_;
};

}  // namespace

Result<std::optional<TakenBack>> Filing::take_back(Transaction& transaction, const PlaceId& town, const Id<Letter>& letter,
                                                   const people::Actor& by, Instant now) const {
  std::optional<TakenBack> outcome;
  for (FiledFor& filed : filed_by(transaction, town, letter)) {
    auto taken = TakingBack(parts_, std::move(filed), by, now).run(transaction);
    if (!taken) return taken.error();
    if (outcome) {
      taken->removed += outcome->removed;
      taken->kept += outcome->kept;
    }
    outcome = std::move(*taken);
  }
  return outcome;
}

}  // namespace wujin::mailbox
