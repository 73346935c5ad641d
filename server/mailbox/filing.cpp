#include "mailbox/filing.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "handins/handins_store.h"
#include "mailbox/filing_kind.h"
#include "places/place_store.h"

namespace wujin::mailbox {

Problem below(const std::string& field, const Problem& problem) {
  if (problem.code() != ProblemCode::validation) return problem;
  std::vector<Fault> faults = problem.faults();
  for (Fault& fault : faults) fault.field = fault.field.empty() ? field : field + "." + fault.field;
  return Problem::of(std::move(faults));
}

Filed filed_of(const FiledThing& thing, const Present& present) {
  Filed filed;
  filed.deliverable = present.subject.deliverable;
  filed.place = present.subject.place;
  filed.period = present.subject.period;
  filed.version = thing.version.value_or(0);
  filed.activities = thing.records;
  filed.pictures = thing.pictures;
  filed.left_out = thing.left_out;
  const auto version = std::ranges::find(present.versions, filed.version, &handins::Version::number);
  if (version == present.versions.end()) return filed;
  filed.on_time = version->timeliness.on_time;
  filed.late_days = version->timeliness.late_days;
  return filed;
}

std::unique_ptr<FilingKind> filing_kind(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted) {
  switch (wanted.deliverable) {
    case Deliverable::report:
      return report_filing(parts, std::move(hand), std::move(campaign), std::move(wanted));
    case Deliverable::plan:
      return plan_filing(parts, std::move(hand), std::move(campaign), std::move(wanted));
    case Deliverable::summary:
      break;
  }
  return summary_filing(parts, std::move(hand), std::move(campaign), std::move(wanted));
}

namespace {

// Campaign and places as they are when a letter is filed.
struct Ground {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
};

Result<Ground> ground_of(const FilingParts& parts, const Letterhead& letter, Instant now) {
  return parts.database.read_now([&](Snapshot& snapshot) -> Result<Ground> {
    auto bundle = parts.catalogue.latest(snapshot, letter.campaign);
    if (bundle == nullptr || bundle->campaign.town != letter.town) return Problem(ProblemCode::not_found);
    return Ground{std::move(bundle), places::read_tree(snapshot, china_date(now))};
  });
}

// Whoever sent it wrote for the village: what was filed is the village's own, and no person's.
people::Actor sender_of(const Letterhead& letter, const PlaceId& place, const places::Tree& tree) {
  people::Actor actor;
  actor.display_name = letter.channel + "（" + tree.find(place)->name + "）";
  actor.grants = {{people::Role::village, place}};
  actor.request_id = letter.id.to_string();
  return actor;
}

// Files one thing out of one letter.
class Filer {
 public:
  Filer(const FilingParts& parts, const Letterhead& letter, FilingKind& kind, const FilingHand& hand, std::string asked_digest,
        FiledBy by)
      : parts_(parts), letter_(letter), kind_(kind), hand_(hand), asked_digest_(std::move(asked_digest)), by_(by) {}

  Result<FilingOutcome> run(const PictureSource& pictures) {
    auto before = parts_.database.read_now([&](Snapshot& snapshot) { return standing(snapshot); });
    if (!before) return before.error();
    if (const FiledThing* done = handed_in(*before)) return FilingOutcome(filed_of(*done, before->present));
    if (!is_written(*before)) {
      kind_.gather(pictures);
      const auto written = write();
      if (!written) return written.error();
      if (unfiled_) return FilingOutcome(std::move(*unfiled_));
    }
    return hand_in();
  }

 private:
  struct Standing {
    Present present;
    std::vector<FiledThing> things;

    // Nothing when it was taken back.
    const FiledThing* of(const Id<Letter>& letter) const {
      const auto found = std::ranges::find(things, letter, &FiledThing::letter);
      return found == things.end() || found->taken_back_at ? nullptr : &*found;
    }
  };

  Result<Standing> standing(Snapshot& snapshot) const {
    auto present = kind_.look(snapshot);
    if (!present) return present.error();
    auto things = filed_for(snapshot, present->subject);
    return Standing{std::move(*present), std::move(things)};
  }

  bool is_asked_again(const FiledThing& thing) const { return thing.asked_digest == asked_digest_; }

  // What the letter became already; a person may file it anew over what has taken its place.
  const FiledThing* handed_in(const Standing& before) const {
    const FiledThing* mine = before.of(letter_.id);
    if (mine == nullptr || !mine->version || !is_asked_again(*mine)) return nullptr;
    const bool stands = mine == &before.things.back();
    return stands || by_ == FiledBy::program ? mine : nullptr;
  }

  // Everything is recorded, by this letter and as it was left: only the hand-in is missing.
  bool is_written(const Standing& before) const {
    const FiledThing* mine = before.of(letter_.id);
    return mine != nullptr && !mine->version && is_asked_again(*mine) && mine == &before.things.back() &&
           mine->content_digest == before.present.content_digest;
  }

  std::optional<Hindrance> hindrance(const Standing& before, const Touched& touched) const {
    const auto& versions = before.present.versions;
    if (!versions.empty() && versions.back().state == handins::VersionState::accepted) return Hindrance::accepted;
    if (by_ == FiledBy::person) return std::nullopt;
    const bool is_late = std::ranges::any_of(before.things, [&](const FiledThing& thing) {
      return thing.letter != letter_.id && !thing.taken_back_at && thing.arrived_at > letter_.arrived_at;
    });
    if (is_late) return Hindrance::newer_letter;
    if (touched.is_changed) return Hindrance::changed_by_people;
    if (touched.is_recorded) return Hindrance::recorded_by_people;
    return std::nullopt;
  }

  // All records in one write. What hinders it is left in `unfiled_`, and nothing is written.
  Result<> write() {
    const auto written = parts_.database.write_now([&](Transaction& transaction) -> Result<> {
      unfiled_.reset();
      return write(transaction);
    });
    return written || unfiled_ ? Result<>() : written;
  }

  Result<> write(Transaction& transaction) {
    const auto before = standing(transaction);
    if (!before) return before.error();
    const handins::Subject& subject = before->present.subject;
    const std::int64_t draft_version = before->things.empty() ? 0 : before->things.back().draft_version;
    const auto touched = kind_.touched(transaction, before->present, filed_records(transaction, subject), draft_version);
    if (const auto hindered = hindrance(*before, touched)) return refused({*hindered, {}});
    const auto records = kind_.write(transaction, touched.untouched);
    if (!records) {
      const Problem problem = records.error();
      if (problem.code() == ProblemCode::validation) return refused({Hindrance::against_rules, problem.faults()});
      return problem;
    }
    const auto after = kind_.look(transaction);
    if (!after) return after.error();
    keep_filed_records(transaction, subject, *records);
    keep_filed(transaction, subject, thing_of(*before, *after, records->size()));
    return {};
  }

  Result<> refused(Unfiled unfiled) {
    unfiled_ = std::move(unfiled);
    return Problem(ProblemCode::letter_unclear);
  }

  FiledThing thing_of(const Standing& before, const Present& after, std::size_t records) const {
    FiledThing thing;
    thing.letter = letter_.id;
    thing.turn = before.things.empty() ? 1 : before.things.back().turn + 1;
    thing.arrived_at = letter_.arrived_at;
    thing.asked_digest = asked_digest_;
    thing.content_digest = after.content_digest;
    thing.draft_version = after.draft_version;
    thing.records = static_cast<int>(records);
    thing.pictures = kind_.picture_count();
    thing.left_out = kind_.left_out();
    return thing;
  }

  Result<FilingOutcome> hand_in() {
    auto making = parts_.database.read_now([&](Snapshot& snapshot) { return kind_.prepare(snapshot); });
    if (!making) return making.error();
    if (making->undrawn > 0) return Problem(ProblemCode::busy).because("pictures are still being drawn");
    handins::sign(*making, hand_.actor.display_name, hand_.arrived_at);
    const auto document = handins::make_and_keep(*making, parts_.vault);
    if (!document) return document.error();
    return parts_.database.write_now([&](Transaction& transaction) { return hand_in(transaction, *document); });
  }

  Result<FilingOutcome> hand_in(Transaction& transaction, const handins::MadeDocument& document) {
    const auto before = standing(transaction);
    if (!before) return before.error();
    if (!is_written(*before)) return Problem(ProblemCode::busy).because("something else was recorded meanwhile");
    const auto done = kind_.hand_in(transaction, document);
    if (!done && done.error().code() != ProblemCode::already_handed_in) return done.error();
    auto after = kind_.look(transaction);
    if (!after) return after.error();
    FiledThing thing = *before->of(letter_.id);
    thing.version = after->versions.back().number;
    keep_filed(transaction, after->subject, thing);
    return FilingOutcome(filed_of(thing, *after));
  }

  const FilingParts& parts_;
  const Letterhead& letter_;
  FilingKind& kind_;
  const FilingHand& hand_;
  const std::string asked_digest_;
  const FiledBy by_;
  std::optional<Unfiled> unfiled_;
};

}  // namespace

Result<FilingOutcome> Filing::file(const Letterhead& letter, const Understanding& understanding, const PictureSource& pictures,
                                   Instant now, FiledBy by) const {
  const auto ground = ground_of(parts_, letter, now);
  if (!ground) return ground.error();
  auto settled = to_be_filed(understanding, ground->bundle->campaign, ground->tree);
  if (auto* unfiled = std::get_if<Unfiled>(&settled)) return FilingOutcome(std::move(*unfiled));
  auto& wanted = std::get<ToBeFiled>(settled);
  std::string digest = digest_of(wanted);
  const FilingHand hand{sender_of(letter, wanted.place, ground->tree), letter.arrived_at, now};
  const auto kind = filing_kind(parts_, hand, letter.campaign, std::move(wanted));
  return Filer(parts_, letter, *kind, hand, std::move(digest), by).run(pictures);
}

}  // namespace wujin::mailbox
