#include <algorithm>
#include <set>

#include "handins/typed.h"
#include "reports/report.h"

namespace wujin::reports {
namespace {

constexpr std::size_t longest_week = 200;

// Makes a change step by step and keeps every fault it meets.
class Changing {
 public:
  Changing(const Material& material, const Layout& layout) : draft_(material.draft), layout_(layout) {}

  Result<Draft> run(const ReportChange& change) {
    if (change.weeks) {
      for (std::size_t i = 0; i < change.weeks->size(); ++i) week("weeks[" + std::to_string(i) + "]", (*change.weeks)[i]);
    }
    if (change.sections) {
      for (std::size_t i = 0; i < change.sections->size(); ++i)
        section("sections[" + std::to_string(i) + "]", (*change.sections)[i]);
    }
    if (change.no_activity_reason) {
      draft_.no_activity_reason =
          handins::typed("no_activity_reason", *change.no_activity_reason, handins::longest_explanation, faults_);
    }
    if (change.explanation)
      draft_.explanation = handins::typed("explanation", *change.explanation, handins::longest_explanation, faults_);
    if (!faults_.empty()) return Problem::of(std::move(faults_));
    ++draft_.version;
    return std::move(draft_);
  }

 private:
  void week(const std::string& field, const WeekEdit& edit) {
    const bool is_known = std::ranges::any_of(layout_.weeks, [&](const WeekPart& part) { return part.index == edit.index; });
    if (!is_known) {
      faults_.push_back(
          {field + ".index", ProblemCode::out_of_range, {{"low", "1"}, {"high", std::to_string(layout_.weeks.size())}}});
      return;
    }
    auto& weeks = draft_.edits.weeks;
    const auto found = std::ranges::find(weeks, edit.index, &WeekEdit::index);
    WeekEdit& kept = found != weeks.end() ? *found : weeks.emplace_back();
    kept.index = edit.index;
    kept.empty_text = handins::typed(field + ".empty_text", edit.empty_text, longest_week, faults_);
  }

  const Section* find(const Id<Activity>& activity) const {
    for (const WeekPart& part : layout_.weeks) {
      const auto found = std::ranges::find(part.sections, activity, &Section::activity);
      if (found != part.sections.end()) return &*found;
    }
    return nullptr;
  }

  void section(const std::string& field, const SectionChange& change) {
    const Section* shown = find(change.activity);
    if (shown == nullptr) {
      faults_.push_back({field + ".activity", ProblemCode::unknown_choice, {{"value", change.activity.to_string()}}});
      return;
    }
    auto& sections = draft_.edits.sections;
    const auto found = std::ranges::find(sections, change.activity, &SectionEdit::activity);
    SectionEdit& kept = found != sections.end() ? *found : sections.emplace_back();
    kept.activity = change.activity;
    if (change.text) kept.text = handins::typed(field + ".text", *change.text, handins::longest_text, faults_);
    if (change.reset_text.value_or(false)) kept.text.reset();
    if (change.photos) choose(field, *shown, *change.photos, kept);
  }

  void choose(const std::string& field, const Section& shown, const std::vector<ChosenPhoto>& photos, SectionEdit& kept) {
    std::set<Id<Photo>> seen;
    kept.photos.emplace();
    for (std::size_t i = 0; i < photos.size(); ++i) {
      const std::string at = field + ".photos[" + std::to_string(i) + "]";
      const bool is_its_own =
          std::ranges::any_of(shown.photos, [&](const PrintedPhoto& photo) { return photo.id == photos[i].id; });
      if (!is_its_own) faults_.push_back({at + ".id", ProblemCode::unknown_choice, {{"value", photos[i].id.to_string()}}});
      if (!seen.insert(photos[i].id).second) faults_.push_back({at + ".id", ProblemCode::duplicate, {}});
      kept.photos->push_back({photos[i].id, handins::typed_caption(at + ".caption", photos[i].caption, faults_)});
    }
  }

  Draft draft_;
  const Layout& layout_;
  std::vector<Fault> faults_;
};

}  // namespace

Result<Draft> changed(const Material& material, const Layout& layout, const ReportChange& change) {
  return Changing(material, layout).run(change);
}

Result<> check_complete(const Material& material, const Layout& layout) {
  if (layout.activities == 0) {
    if (!material.draft.no_activity_reason.empty()) return {};
    return Problem::at("no_activity_reason", ProblemCode::report_empty);
  }
  std::vector<Fault> faults;
  std::size_t at = 0;
  for (const WeekPart& week : layout.weeks) {
    for (const Section& section : week.sections) {
      if (section.text.empty()) faults.push_back({"sections[" + std::to_string(at) + "].text", ProblemCode::required, {}});
      ++at;
    }
  }
  if (faults.empty()) return {};
  return Problem::of(std::move(faults));
}

}  // namespace wujin::reports
