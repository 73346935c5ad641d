#include "mailbox/correction.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "campaigns/weeks.h"

namespace wujin::mailbox {
namespace {

constexpr std::size_t longest_text = 20'000;
constexpr std::size_t longest_line = 200;
constexpr std::size_t longest_focus = 4000;
constexpr std::size_t longest_heading = 1000;
constexpr std::size_t longest_caption = 400;
constexpr std::size_t most_things = 1000;
constexpr int most_counted = 1'000'000;

// Looks at a correction piece by piece and keeps every fault it meets.
class Checking {
 public:
  Checking(const Contents& contents, const campaigns::Campaign& campaign, const places::Tree& tree)
      : contents_(contents), campaign_(campaign), tree_(tree) {}

  Result<> run(const LetterCorrection& correction) {
    if (correction.place) place("place", *correction.place);
    size("activities", correction.activities.size());
    size("rows", correction.rows.size());
    text("no_activity_reason", correction.no_activity_reason, longest_focus);
    for (std::size_t i = 0; i < correction.activities.size(); ++i) activity(at("activities", i), correction.activities[i]);
    for (std::size_t i = 0; i < correction.rows.size(); ++i) row(at("rows", i), correction.rows[i]);
    pictures("unplaced", correction.unplaced);
    if (!faults_.empty()) return Problem::of(std::move(faults_));
    return {};
  }

 private:
  static std::string at(const std::string& list, std::size_t index) { return list + "[" + std::to_string(index) + "]"; }

  void activity(const std::string& field, const CorrectedActivity& activity) {
    if (activity.entry && campaigns::find_choice(campaign_.entries, *activity.entry) == nullptr) {
      faults_.push_back({field + ".entry", ProblemCode::unknown_choice, {{"value", *activity.entry}}});
    }
    if (activity.week) within(field + ".week", *activity.week, 1, 100);
    within(field + ".people_about", activity.people_about.value_or(0), 0, most_counted);
    within(field + ".leaflets", activity.leaflets.value_or(0), 0, most_counted);
    text(field + ".heading", activity.heading, longest_heading);
    text(field + ".text", activity.text, longest_text);
    pictures(field + ".pictures", activity.pictures);
  }

  void row(const std::string& field, const CorrectedRow& row) {
    size(field + ".places", row.places.size());
    for (std::size_t i = 0; i < row.places.size(); ++i) place(at(field + ".places", i), row.places[i]);
    text(field + ".week_label", row.week_label, longest_line);
    text(field + ".focus", row.focus, longest_focus);
    text(field + ".in_charge", row.in_charge, longest_line);
    if (row.from && row.to && *row.to < *row.from) {
      faults_.push_back({field + ".to", ProblemCode::out_of_range, {{"low", to_string(*row.from)}, {"high", "9999-12-31"}}});
    }
  }

  void place(const std::string& field, const PlaceId& id) {
    if (tree_.find(id) != nullptr && tree_.is_within(id, campaign_.town)) return;
    faults_.push_back({field, ProblemCode::unknown_place, {{"place", id.text()}}});
  }

  void pictures(const std::string& field, const std::vector<PictureRef>& pictures) {
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const PictureRef& picture = pictures[i];
      text(at(field, i) + ".caption", picture.caption, longest_caption);
      if (!is_held(picture)) {
        const std::string value = std::to_string(picture.source) + "/" + std::to_string(picture.number);
        faults_.push_back({at(field, i), ProblemCode::unknown_choice, {{"value", value}}});
      } else if (!seen_.insert({picture.source, picture.number}).second) {
        faults_.push_back({at(field, i), ProblemCode::duplicate, {}});
      }
    }
  }

  bool is_held(const PictureRef& picture) const {
    const auto is_of = [&](const auto& list) {
      return picture.number >= 0 && static_cast<std::size_t>(picture.number) < list.size();
    };
    if (picture.source == -1) return is_of(contents_.loose);
    const bool is_source = picture.source >= 0 && static_cast<std::size_t>(picture.source) < contents_.sources.size();
    return is_source && is_of(contents_.sources[static_cast<std::size_t>(picture.source)].pictures);
  }

  void text(const std::string& field, const std::string& text, std::size_t most) {
    if (count_characters(text) > most) faults_.push_back({field, ProblemCode::too_long, {{"limit", std::to_string(most)}}});
  }
  void size(const std::string& field, std::size_t size) {
    if (size > most_things) faults_.push_back({field, ProblemCode::too_many, {{"limit", std::to_string(most_things)}}});
  }
  void within(const std::string& field, int value, int low, int high) {
    if (value >= low && value <= high) return;
    faults_.push_back({field, ProblemCode::out_of_range, {{"low", std::to_string(low)}, {"high", std::to_string(high)}}});
  }

  const Contents& contents_;
  const campaigns::Campaign& campaign_;
  const places::Tree& tree_;
  std::set<std::pair<int, int>> seen_;
  std::vector<Fault> faults_;
};

template <class T>
Finding<T> said(std::optional<T> value) {
  Finding<T> finding;
  if (!value) return finding;
  finding.value = std::move(value);
  finding.percent = 100;
  finding.why = Why::person;
  return finding;
}

FoundActivity said(const CorrectedActivity& activity) {
  FoundActivity found;
  found.week = said(activity.week);
  found.held_on = said(activity.held_on);
  found.entry = said(activity.entry);
  found.heading = kept_text(activity.heading, std::string::npos);
  found.text = kept_text(activity.text, std::string::npos);
  found.people_about = activity.people_about;
  found.leaflets = activity.leaflets;
  found.pictures = activity.pictures;
  return found;
}

FoundRow said(const CorrectedRow& row) {
  FoundRow found;
  found.from = said(row.from);
  found.to = said(row.to);
  if (!row.places.empty()) found.places = said(std::optional(row.places));
  found.week_label = kept_text(row.week_label, std::string::npos);
  found.focus = kept_text(row.focus, std::string::npos);
  found.in_charge = kept_text(row.in_charge, std::string::npos);
  return found;
}

bool lies_outside(const FoundActivity& activity, const std::vector<campaigns::ReportWeek>& weeks) {
  if (!activity.week.value || !activity.held_on.value) return false;
  const auto week = std::ranges::find(weeks, *activity.week.value, &campaigns::ReportWeek::number);
  return week != weeks.end() && !week->days.contains(*activity.held_on.value);
}

void doubt_report(const Understanding& understanding, const campaigns::Campaign& campaign, std::set<Doubt>& doubts) {
  const auto& activities = understanding.activities;
  if (activities.empty() && trimmed(understanding.no_activity_reason).empty()) doubts.insert(Doubt::nothing_in_it);
  const auto& month = understanding.month.value;
  if (!month) {
    doubts.insert(Doubt::month_unknown);
    return;
  }
  if (!campaign.has_month(*month)) {
    doubts.insert(Doubt::month_outside);
    return;
  }
  const auto weeks = campaigns::report_weeks(*month, campaign.report_periods.week_rule, campaign.report_periods.hand_weeks);
  for (const FoundActivity& activity : activities) {
    const bool has_week =
        activity.week.value && std::ranges::count(weeks, *activity.week.value, &campaigns::ReportWeek::number) > 0;
    if (!has_week) doubts.insert(Doubt::week_unknown);
    if (!activity.entry.value) doubts.insert(Doubt::entry_unknown);
    if (lies_outside(activity, weeks)) doubts.insert(Doubt::date_outside_week);
  }
}

void doubt_plan(const Understanding& understanding, std::set<Doubt>& doubts) {
  if (understanding.rows.empty()) doubts.insert(Doubt::nothing_in_it);
  const auto is_unclear = [](const FoundRow& row) { return !row.from.value || !row.to.value; };
  if (std::ranges::any_of(understanding.rows, is_unclear)) doubts.insert(Doubt::row_unclear);
}

}  // namespace

Result<> check(const LetterCorrection& correction, const Contents& contents, const campaigns::Campaign& campaign,
               const places::Tree& tree) {
  return Checking(contents, campaign, tree).run(correction);
}

Understanding corrected(const LetterCorrection& correction) {
  Understanding understanding;
  understanding.place = said(correction.place);
  understanding.form = said(correction.form);
  understanding.month = said(correction.month);
  understanding.activities.reserve(correction.activities.size());
  for (const auto& activity : correction.activities) understanding.activities.push_back(said(activity));
  understanding.rows.reserve(correction.rows.size());
  for (const auto& row : correction.rows) understanding.rows.push_back(said(row));
  understanding.no_activity_reason = kept_text(correction.no_activity_reason, std::string::npos);
  understanding.unplaced = correction.unplaced;
  return understanding;
}

std::vector<Doubt> doubts_of(const Understanding& understanding, const campaigns::Campaign& campaign) {
  std::set<Doubt> doubts;
  if (!understanding.place.value) doubts.insert(Doubt::place_unknown);
  if (!understanding.form.value) {
    doubts.insert(Doubt::form_unknown);
  } else if (*understanding.form.value == Deliverable::report) {
    doubt_report(understanding, campaign, doubts);
  } else if (*understanding.form.value == Deliverable::plan) {
    doubt_plan(understanding, doubts);
  } else if (understanding.activities.empty()) {
    doubts.insert(Doubt::nothing_in_it);
  }
  return {doubts.begin(), doubts.end()};
}

}  // namespace wujin::mailbox
