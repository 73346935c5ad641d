#include "mailbox/to_be_filed.h"

#include <algorithm>
#include <chrono>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "campaigns/due.h"
#include "campaigns/weeks.h"
#include "mailbox/summary_texts.h"
#include "places/ending.h"

namespace wujin::mailbox {
namespace {

constexpr std::size_t longest_title = 120;    // of an activity; likewise below (contract, ActivityChange and PhotoClaim)
constexpr std::size_t longest_caption = 100;  // of a picture

// The first `most` characters, for what is only a name: the whole stands in the text, or in the letter.
std::string shortened(std::string_view text, std::size_t most) {
  text = trimmed(text);
  std::size_t characters = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const bool begins_character = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins_character && characters++ == most) break;
    ++end;
  }
  return std::string(trimmed(text.substr(0, end)));
}

// Reads one understanding and keeps every fault it meets.
class FilingChoice {
 public:
  FilingChoice(const Understanding& understanding, const campaigns::Campaign& campaign)
      : understanding_(understanding), campaign_(campaign) {}

  std::variant<ToBeFiled, Unfiled> run(const places::Tree& tree) {
    if (!understanding_.form.value) return Unfiled{Hindrance::not_settled, {{"form", ProblemCode::required, {}}}};
    wanted_.deliverable = *understanding_.form.value;
    settle_place(tree);
    switch (wanted_.deliverable) {
      case Deliverable::report:
        settle_report();
        if (faults_.empty()) check_stood(tree);
        break;
      case Deliverable::plan:
        settle_plan();
        break;
      case Deliverable::summary:
        if (faults_.empty() && !is_asked_for(tree)) return Unfiled{Hindrance::other_form, {}};
        settle_summary();
        break;
    }
    if (!faults_.empty()) return Unfiled{Hindrance::not_settled, std::move(faults_)};
    return std::move(wanted_);
  }

 private:
  void missing(std::string field) { faults_.push_back({std::move(field), ProblemCode::required, {}}); }
  void unknown(std::string field, std::string value) {
    faults_.push_back({std::move(field), ProblemCode::unknown_choice, {{"value", std::move(value)}}});
  }

  void settle_place(const places::Tree& tree) {
    if (!understanding_.place.value) return missing("place");
    wanted_.place = *understanding_.place.value;
    if (!tree.is_within(wanted_.place, campaign_.town)) unknown("place", wanted_.place.text());
  }

  void settle_report() {
    if (!understanding_.month.value) return missing("month");
    wanted_.month = *understanding_.month.value;
    if (!campaign_.has_month(wanted_.month)) return unknown("month", to_string(wanted_.month));
    const std::string reason(trimmed(understanding_.no_activity_reason));
    if (understanding_.activities.empty() && reason.empty()) return missing("activities");
    if (understanding_.activities.empty()) wanted_.no_activity_reason = reason;
    wanted_.unplaced = static_cast<int>(understanding_.unplaced.size());
    for (std::size_t i = 0; i < understanding_.activities.size(); ++i) {
      settle_activity(understanding_.activities[i], "activities[" + std::to_string(i) + "]", static_cast<int>(i));
    }
  }

  // A place hands in for the months in which it stood.
  void check_stood(const places::Tree& tree) {
    const auto stood = places::check_stands(*tree.find(wanted_.place), tree, first_day(wanted_.month), "month");
    if (!stood) faults_ = stood.error().faults();
  }

  void settle_activity(const FoundActivity& found, const std::string& field, int number) {
    ActivityToFile wanted;
    activities::ActivityContent& content = wanted.content;
    content.campaign = campaign_.id;
    content.place = wanted_.place;
    content.organizer = activities::Organizer::village;
    const campaigns::Choice* entry = found.entry.value ? campaigns::find_choice(campaign_.entries, *found.entry.value) : nullptr;
    if (entry == nullptr) return missing(field + ".entry");
    content.entry = entry->id;
    content.title = shortened(found.heading, longest_title);
    if (content.title.empty()) content.title = entry->name;
    content.text = trimmed(found.text);
    const auto day = day_of(found, field);
    if (!day) return;
    // The hour means nothing where only the day is known; the seconds keep the letter's order within it.
    content.started_at = start_of(*day) + std::chrono::seconds(number);
    content.date_only = true;
    content.people_about = found.people_about;
    content.leaflets = found.leaflets;
    wanted.pictures = found.pictures;
    for (PictureRef& picture : wanted.pictures) picture.caption = shortened(picture.caption, longest_caption);
    wanted_.activities.push_back(std::move(wanted));
  }

  std::optional<Date> day_of(const FoundActivity& found, const std::string& field) {
    const campaigns::ReportPeriods& rule = campaign_.report_periods;
    if (found.held_on.value) {
      if (campaigns::report_month_of(rule, *found.held_on.value) == wanted_.month) return *found.held_on.value;
      unknown(field + ".held_on", to_string(*found.held_on.value));
      return std::nullopt;
    }
    if (!found.week.value) {
      missing(field + ".week");
      return std::nullopt;
    }
    for (const campaigns::ReportSection& section : campaigns::report_period(rule, wanted_.month).sections) {
      const campaigns::DateRange& days = section.week.days;
      if (section.week.number != *found.week.value || days.to < campaign_.starts_on) continue;
      return std::max(days.from, campaign_.starts_on);
    }
    unknown(field + ".week", std::to_string(*found.week.value));
    return std::nullopt;
  }

  void settle_plan() {
    if (understanding_.rows.empty()) missing("rows");
    for (std::size_t i = 0; i < understanding_.rows.size(); ++i) {
      settle_row(understanding_.rows[i], "rows[" + std::to_string(i) + "]", static_cast<int>(i));
    }
  }

  void settle_row(const FoundRow& found, const std::string& field, int number) {
    if (!found.from.value) return missing(field + ".from");
    if (!found.to.value) return missing(field + ".to");
    plans::RowChange row;
    row.from = *found.from.value;
    row.to = *found.to.value;
    row.places = found.places.value;
    if (row.places && row.places->empty()) row.places.reset();
    row.week_label = filled_or_none(std::string(trimmed(found.week_label)));
    row.focus = trimmed(found.focus);
    row.in_charge = filled_or_none(std::string(trimmed(found.in_charge)));
    row.order = number;
    wanted_.rows.push_back(std::move(row));
  }

  bool is_asked_for(const places::Tree& tree) const {
    return campaigns::due_of(campaign_, wanted_.deliverable, *tree.find(wanted_.place)).has_value();
  }

  // Its pictures are chosen among those that were recorded: what a letter brings is left out.
  void settle_summary() {
    if (understanding_.activities.empty()) return missing("activities");
    wanted_.texts = summary_texts(understanding_.activities, campaign_.summary, faults_);
    wanted_.unplaced = static_cast<int>(understanding_.unplaced.size());
    for (const FoundActivity& part : understanding_.activities) wanted_.unplaced += static_cast<int>(part.pictures.size());
  }

  const Understanding& understanding_;
  const campaigns::Campaign& campaign_;
  ToBeFiled wanted_;
  std::vector<Fault> faults_;
};

}  // namespace

std::variant<ToBeFiled, Unfiled> to_be_filed(const Understanding& understanding, const campaigns::Campaign& campaign,
                                             const places::Tree& tree) {
  return FilingChoice(understanding, campaign).run(tree);
}

std::string digest_of(const ToBeFiled& wanted) {
  std::string whole = wanted.no_activity_reason + '\0' + std::to_string(wanted.unplaced);
  for (const ActivityToFile& activity : wanted.activities) {
    whole += '\0' + encode_json(activity.content) + encode_json(activity.pictures);
  }
  for (const summaries::TextEdit& text : wanted.texts) whole += '\0' + encode_json(text);
  for (const plans::RowChange& row : wanted.rows) whole += '\0' + encode_json(row);
  return to_hex(sha256(whole));
}

Uuid named_uuid(std::string_view name) {
  const std::string hash = sha256(name);
  Uuid::Bytes bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(hash[i]);
  bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x80};
  bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
  return Uuid(bytes);
}

}  // namespace wujin::mailbox
