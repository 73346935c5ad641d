#include <algorithm>
#include <utility>

#include "mailbox/filing_kind.h"
#include "summaries/summaries_actions.h"
#include "summaries/summaries_store.h"
#include "summaries/summary_document.h"

namespace wujin::mailbox {
namespace {

using summaries::Edits;
using summaries::TextEdit;

// Words that people wrote, or an earlier letter.
bool is_written(const summaries::Draft& draft) { return draft.edits != Edits(); }

TextEdit& edit_of(std::vector<TextEdit>& texts, const std::string& part) {
  const auto found = std::ranges::find(texts, part, &TextEdit::part);
  return found != texts.end() ? *found : texts.emplace_back(TextEdit{part, ""});
}

// A summary is one draft: each part a letter wrote is a record of it, left in the draft's version.
class SummaryFiling final : public FilingKind {
 public:
  SummaryFiling(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted)
      : parts_(parts), hand_(std::move(hand)), key_{std::move(campaign), wanted.place}, wanted_(std::move(wanted)) {}

  void gather(const PictureSource&) override {}
  int picture_count() const override { return 0; }
  int left_out() const override { return wanted_.unplaced; }

  Result<Present> look(Snapshot& snapshot) const override {
    const auto summary = open(snapshot);
    if (!summary) return summary.error();
    return Present{summary->subject, summary->digest, 0, summary->versions};
  }

  Touched touched(Snapshot& snapshot, const Present& present, std::span<const FiledRecord> records, std::int64_t) const override {
    const summaries::Draft draft = summaries::find_draft(snapshot, present.subject);
    Touched touched;
    for (const FiledRecord& record : records) {
      if (record.version == draft.version) touched.untouched.push_back(record);
    }
    touched.kept = static_cast<int>(records.size() - touched.untouched.size());
    touched.is_changed = touched.kept > 0 || (records.empty() && is_written(draft));
    const auto stands = [](const handins::Version& version) { return version.state != handins::VersionState::withdrawn; };
    touched.is_recorded = records.empty() && std::ranges::any_of(present.versions, stands);
    return touched;
  }

  Result<std::vector<FiledRecord>> write(Transaction& transaction, std::span<const FiledRecord> earlier) const override {
    const auto before = open(transaction);
    if (!before) return before.error();
    const bool is_peoples = earlier.empty() && is_written(before->material.draft);
    const Edits edits = is_peoples ? beside(before->material.draft.edits) : in_place_of_all(before->layout);
    const auto after = summaries::rewrite_summary(transaction, parts_.catalogue, hand_.actor, key_, edits, hand_.now);
    if (!after) return after.error();
    if (const auto complete = summaries::check_complete(after->layout); !complete) return complete.error();
    // What stands beside people's words is no longer the letter's to replace.
    return records(is_peoples ? 0 : after->material.draft.version);
  }

  Result<> remove(Transaction& transaction, std::span<const FiledRecord> untouched, bool) const override {
    if (untouched.empty()) return {};
    const auto bare = summaries::rewrite_summary(transaction, parts_.catalogue, hand_.actor, key_, {}, hand_.now);
    if (!bare) return bare.error();
    return {};
  }

  Result<handins::Making> prepare(Snapshot& snapshot) const override {
    const auto summary = open(snapshot);
    if (!summary) return summary.error();
    return summaries::prepare(snapshot, parts_.forms, parts_.vault, *summary);
  }

  Result<> hand_in(Transaction& transaction, const handins::MadeDocument& document) const override {
    const auto summary = summaries::hand_in_arrived_summary(transaction, parts_.catalogue, hand_.actor, key_, document,
                                                            hand_.arrived_at, hand_.now);
    if (!summary) return summary.error();
    return {};
  }

 private:
  Result<summaries::OpenSummary> open(Snapshot& snapshot) const {
    return summaries::open_summary(snapshot, parts_.catalogue, hand_.actor, key_, hand_.now);
  }

  std::vector<FiledRecord> records(std::int64_t version) const {
    std::vector<FiledRecord> records;
    records.reserve(wanted_.texts.size());
    for (const TextEdit& text : wanted_.texts) {
      const std::string name = "summary/" + key_.campaign.text() + "/" + key_.place.text() + "/" + text.part;
      records.push_back({named_uuid(name), version});
    }
    return records;
  }

  // The letter's words alone: nothing is drafted where it says nothing, and no picture is proposed.
  Edits in_place_of_all(const summaries::Layout& layout) const {
    Edits edits;
    edits.texts = wanted_.texts;
    edits.pictures.emplace();
    (void)edit_of(edits.texts, layout.opening.id);
    for (const summaries::Section& section : layout.sections) {
      (void)edit_of(edits.texts, section.id);
      for (const summaries::Part& part : section.parts) (void)edit_of(edits.texts, part.id);
    }
    return edits;
  }

  // Below what people wrote, once.
  Edits beside(Edits edits) const {
    for (const TextEdit& wanted : wanted_.texts) {
      std::string& text = edit_of(edits.texts, wanted.part).text;
      if (text.find(wanted.text) != std::string::npos) continue;
      if (!text.empty()) text += '\n';
      text += wanted.text;
    }
    return edits;
  }

  const FilingParts& parts_;
  const FilingHand hand_;
  const summaries::SummaryKey key_;
  const ToBeFiled wanted_;
};

}  // namespace

std::unique_ptr<FilingKind> summary_filing(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted) {
  return std::make_unique<SummaryFiling>(parts, std::move(hand), std::move(campaign), std::move(wanted));
}

}  // namespace wujin::mailbox
