#include "plans/plan.h"

#include <algorithm>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "places/ending.h"

namespace wujin::plans {
namespace {

using campaigns::Campaign;
using campaigns::ReportWeek;

int shared_days(const campaigns::DateRange& week, Date from, Date to) {
  return days_between(std::max(week.from, from), std::min(week.to, to)) + 1;
}

void check_text(std::vector<Fault>& faults, const std::string& field, const std::string& text, std::size_t most) {
  if (count_characters(text) > most) faults.push_back({field, ProblemCode::too_long, {{"limit", std::to_string(most)}}});
}

// A plan may reach a little past the campaign: its first and last weeks are whole.
void check_dates(std::vector<Fault>& faults, const RowChange& change, const Campaign& campaign) {
  const Date low = monday_of(campaign.starts_on), high = plus_days(monday_of(campaign.ends_on), 6);
  const auto check_day = [&](const char* field, Date day) {
    if (day < low || day > high)
      faults.push_back({field, ProblemCode::out_of_range, {{"low", to_string(low)}, {"high", to_string(high)}}});
  };
  check_day("from", change.from);
  check_day("to", change.to);
  if (change.to < change.from) {
    faults.push_back({"to", ProblemCode::out_of_range, {{"low", to_string(change.from)}, {"high", to_string(high)}}});
  }
}

// What stands between 、 or one of the marks people put in its place.
std::vector<std::string> parts_of(const std::string& list, std::initializer_list<std::string_view> marks) {
  std::string text = list;
  for (const std::string_view mark : marks) text = replaced(text, mark, "、");
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find("、", at), text.size());
    const auto part = trimmed(std::string_view(text).substr(at, end - at));
    if (!part.empty()) parts.emplace_back(part);
    at = end + std::string_view("、").size();
  }
  return parts;
}

struct PrintedRow {
  std::string label;
  Date from;
  Date to;
  std::vector<PlaceId> places;
  std::string focus;
  std::optional<std::string> topic;
  std::string in_charge;
};
BOOST_DESCRIBE_STRUCT(PrintedRow, (), (label, from, to, places, focus, topic, in_charge))

}  // namespace

std::vector<ReportWeek> weeks_of(const Campaign& campaign, Month month) {
  return campaigns::report_weeks(month, campaign.report_periods.week_rule, campaign.report_periods.hand_weeks);
}

std::optional<ReportWeek> week_of(const PlanRow& row, const Campaign& campaign) {
  std::optional<ReportWeek> best;
  int most = 0;
  for (const ReportWeek& week : weeks_of(campaign, row.month)) {
    const int shared = shared_days(week.days, row.from, row.to);
    if (shared > most) {
      most = shared;
      best = week;
    }
  }
  return best;
}

std::optional<std::string> with_successor(const std::string& in_charge, std::string_view from, std::string_view to) {
  auto names = parts_of(in_charge, {"，", "；", ";", ",", "/", " "});
  if (std::ranges::find(names, from) == names.end()) return std::nullopt;
  std::ranges::replace(names, from, to);
  std::string text;
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) == name) text += (text.empty() ? "" : "、") + *name;
  }
  return text;
}

std::string etag_of(const PlanRow& row) { return "\"r" + std::to_string(row.version) + "\""; }

Result<> check(const RowChange& change, const Campaign& campaign, const places::Tree& tree) {
  std::vector<Fault> faults;
  check_dates(faults, change, campaign);
  check_text(faults, "focus", change.focus, 500);
  check_text(faults, "topic", change.topic.value_or(""), 200);
  check_text(faults, "in_charge", change.in_charge.value_or(""), 64);
  check_text(faults, "week_label", change.week_label.value_or(""), 64);
  if (change.order && (*change.order < 0 || *change.order > 100'000)) {
    faults.push_back({"order", ProblemCode::out_of_range, {{"low", "0"}, {"high", "100000"}}});
  }
  const auto places = change.places.value_or(std::vector<PlaceId>());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string field = "places[" + std::to_string(i) + "]";
    if (!tree.is_within(places[i], campaign.town))
      faults.push_back({field, ProblemCode::unknown_choice, {{"value", places[i].text()}}});
    if (std::find(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(i), places[i]) !=
        places.begin() + static_cast<std::ptrdiff_t>(i)) {
      faults.push_back({field, ProblemCode::duplicate, {}});
    }
  }
  if (faults.empty()) return {};
  return Problem::of(std::move(faults));
}

Result<> check_stands(const PlanRow& row, const places::Place& own_place, const places::Tree& tree) {
  if (const auto stands = places::check_stands(own_place, tree, row.from, "from"); !stands) return stands.error();
  for (std::size_t i = 0; i < row.places.size(); ++i) {
    const auto stands = places::check_stands(*tree.find(row.places[i]), tree, row.from, "places[" + std::to_string(i) + "]");
    if (!stands) return stands.error();
  }
  return {};
}

Result<> check(const HeadChange& change) {
  std::vector<Fault> faults;
  check_text(faults, "note", change.note.value_or(""), 1000);
  if (faults.empty()) return {};
  return Problem::of(std::move(faults));
}

PlanRow changed(PlanRow row, const RowChange& change, const PlaceId& own_place) {
  row.month = change.month.value_or(month_of(change.from));
  row.week_label = change.week_label && !trimmed(*change.week_label).empty()
                       ? std::optional(std::string(trimmed(*change.week_label)))
                       : std::nullopt;
  row.from = change.from;
  row.to = change.to;
  row.places = change.places && !change.places->empty() ? *change.places : std::vector{own_place};
  row.focus = trimmed(change.focus);
  row.topic = change.topic && !trimmed(*change.topic).empty() ? std::optional(std::string(trimmed(*change.topic))) : std::nullopt;
  row.in_charge = trimmed(change.in_charge.value_or(""));
  row.order = change.order.value_or(row.order);
  return row;
}

std::string label_of(const PlanRow& row, const PlanHead& head, const Campaign& campaign) {
  if (row.week_label) return *row.week_label;
  const auto week = week_of(row, campaign);
  if (!week) return "";
  const auto style = head.week_label.value_or(campaign.options.week_label);
  return campaigns::week_label(*week, row.month, style, campaign.report_periods);
}

std::vector<PlanRow> copied(const std::vector<PlanRow>& rows, Month from, Month to, const Campaign& campaign) {
  const auto target_weeks = weeks_of(campaign, to);
  std::vector<PlanRow> made;
  for (const PlanRow& row : rows) {
    if (row.month != from) continue;
    const auto week = week_of(row, campaign);
    if (!week) continue;
    const auto target = std::ranges::find(target_weeks, week->number, &ReportWeek::number);
    if (target == target_weeks.end()) continue;
    PlanRow copy = row;
    copy.id = Id<PlanRow>();
    copy.month = to;
    copy.week_label.reset();
    copy.from = target->days.from;
    copy.to = target->days.to;
    copy.version = 1;
    made.push_back(std::move(copy));
  }
  return made;
}

std::vector<PlanRow> still_standing(std::vector<PlanRow> rows, const places::Tree& tree) {
  for (PlanRow& row : rows) {
    std::erase_if(row.places, [&](const PlaceId& id) {
      const places::Place* place = tree.find(id);
      return place != nullptr && !places::stands_on(*place, row.from);
    });
  }
  std::erase_if(rows, [](const PlanRow& row) { return row.places.empty(); });
  return rows;
}

std::string content_digest(const std::vector<PlanRow>& rows, const PlanHead& head, const Campaign& campaign) {
  std::vector<PrintedRow> printed;
  printed.reserve(rows.size());
  for (const PlanRow& row : rows) {
    printed.push_back({label_of(row, head, campaign), row.from, row.to, row.places, row.focus, row.topic, row.in_charge});
  }
  return to_hex(sha256(encode_json(printed)));
}

std::vector<std::string> points_in(const std::string& focus) {
  constexpr std::size_t longest_point = 20;
  auto points = parts_of(focus, {"，", "；", ";", ",", "\n"});
  std::erase_if(points, [](const std::string& point) { return count_characters(point) > longest_point; });
  return points;
}

}  // namespace wujin::plans
