#include <algorithm>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "handins/typed.h"
#include "summaries/summary.h"

namespace wujin::summaries {
namespace {

// Makes a change step by step and keeps every fault it meets.
class Changing {
 public:
  Changing(const Material& material, const Layout& layout, Edits edits)
      : draft_(material.draft), most_pictures_(material.campaign.summary.most_pictures) {
    // What was edited once may stay, though nothing is drafted there any more.
    for (const TextEdit& edit : draft_.edits.texts) parts_.insert(edit.part);
    draft_.edits = std::move(edits);
    parts_.insert(layout.opening.id);
    for (const Section& section : layout.sections) {
      parts_.insert(section.id);
      for (const Part& part : section.parts) parts_.insert(part.id);
    }
  }

  Result<Draft> run(const SummaryChange& change) {
    if (change.texts) {
      for (std::size_t i = 0; i < change.texts->size(); ++i) text("texts[" + std::to_string(i) + "]", (*change.texts)[i]);
    }
    if (change.pictures) choose(*change.pictures);
    if (change.explanation)
      draft_.explanation = handins::typed("explanation", *change.explanation, handins::longest_explanation, faults_);
    if (!faults_.empty()) return Problem::of(std::move(faults_));
    ++draft_.version;
    return std::move(draft_);
  }

 private:
  void text(const std::string& field, const TextChange& change) {
    if (!parts_.contains(change.part)) {
      faults_.push_back({field + ".part", ProblemCode::unknown_choice, {{"value", change.part}}});
      return;
    }
    auto& texts = draft_.edits.texts;
    std::erase_if(
        texts, [&](const TextEdit& edit) { return edit.part == change.part && (change.text || change.reset.value_or(false)); });
    if (change.text && !change.reset.value_or(false)) {
      texts.push_back({change.part, handins::typed(field + ".text", *change.text, handins::longest_text, faults_)});
    }
  }

  void choose(const std::vector<ChosenPicture>& pictures) {
    const auto most = static_cast<std::size_t>(most_pictures_);
    if (pictures.size() > most) faults_.push_back({"pictures", ProblemCode::too_many, {{"limit", std::to_string(most)}}});
    std::set<Id<Photo>> seen;
    draft_.edits.pictures.emplace();
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const std::string at = "pictures[" + std::to_string(i) + "]";
      if (!seen.insert(pictures[i].id).second) faults_.push_back({at + ".id", ProblemCode::duplicate, {}});
      draft_.edits.pictures->push_back({pictures[i].id, handins::typed_caption(at + ".caption", pictures[i].caption, faults_)});
    }
  }

  Draft draft_;
  std::set<std::string> parts_;
  int most_pictures_;
  std::vector<Fault> faults_;
};

}  // namespace

Result<Draft> changed(const Material& material, const Layout& layout, const SummaryChange& change) {
  return Changing(material, layout, material.draft.edits).run(change);
}

Result<Draft> rewritten(const Material& material, const Layout& layout, const Edits& edits) {
  SummaryChange change;
  change.texts.emplace();
  for (const TextEdit& edit : edits.texts) change.texts->push_back({edit.part, edit.text, std::nullopt});
  change.pictures = edits.pictures;
  return Changing(material, layout, {}).run(change);
}

Result<> check_complete(const Layout& layout) {
  if (std::ranges::any_of(layout.sections, &Section::is_printed)) return {};
  return Problem::at("sections", ProblemCode::required);
}

std::string content_digest(const Layout& layout) {
  Layout printed = layout;
  std::erase_if(printed.pictures, [](const ShownPicture& picture) { return !picture.received; });
  return to_hex(sha256(encode_json(printed)));
}

}  // namespace wujin::summaries
