#include "coverage/suggestions.h"

#include <algorithm>
#include <set>

namespace wujin::coverage {
namespace {

using campaigns::Choice;

// What is to be done, as the campaign calls it.
struct Words {
  std::string chinese;
  std::string english;
};

// The names of the choices, as a plan lists them.
Words names_of(const std::vector<Choice>& choices, const std::vector<std::string>& ids) {
  Words names;
  for (const std::string& id : ids) {
    const Choice* choice = campaigns::find_choice(choices, id);
    if (choice == nullptr) continue;
    names.chinese += (names.chinese.empty() ? "" : "、") + choice->name;
    names.english += (names.english.empty() ? "" : ", ") + choice->name_en.value_or(choice->name);
  }
  return names;
}

// What a measure counts: an activity of any kind, a site.
Words counted_thing(const Campaign& campaign, std::string_view measure) {
  const auto metric = std::ranges::find(campaign.metrics, measure, &campaigns::Metric::id);
  if (metric == campaign.metrics.end()) return {};
  return {metric->name, metric->name_en.value_or(metric->name)};
}

// Which rows of the plans would do what is suggested: those at its place, and those whose focus names what must be named.
class Planned {
 public:
  Planned(const Campaign& campaign, const std::vector<plans::FoundRow>& rows) : campaign_(campaign), rows_(rows) {}

  // `word` empty: any row does. Of the station's own only its own plan speaks.
  std::int64_t count(const std::optional<PlaceId>& place, const std::string& word, bool by_station = false) const {
    return std::ranges::count_if(rows_, [&](const plans::FoundRow& found) {
      const auto& places = found.row.places;
      if (by_station && found.place != campaign_.town) return false;
      if (place && std::ranges::find(places, *place) == places.end()) return false;
      return word.empty() || found.row.focus.find(word) != std::string::npos;
    });
  }

 private:
  const Campaign& campaign_;
  const std::vector<plans::FoundRow>& rows_;
};

class Suggesting {
 public:
  Suggesting(const Campaign& campaign, const std::vector<plans::FoundRow>& planned)
      : campaign_(campaign), planned_(campaign, planned), any_(counted_thing(campaign, activities_metric)) {}

  void add(const QuotaStanding& standing) {
    if (!standing.connected || standing.optional) return;
    for (const QuotaRow& row : standing.rows) {
      if (row.applies && row.current && row.current->done < standing.minimum) add(standing, row, *row.current);
    }
  }

  void add(const MatrixRow& row) {
    if (!row.silent || asked_.contains(row.place)) return;
    Suggestion made = at(Reason::silent, row.place, row.place_name, any_);
    made.planned = planned_.count(row.place, "") > 0;
    made_.push_back(std::move(made));
  }

  void add_entry(const std::string& id) {
    const Words name = names_of(campaign_.entries, {id});
    Suggestion made = at(Reason::entry, std::nullopt, std::nullopt, name);
    made.entry = id;
    made.planned = planned_.count(std::nullopt, name.chinese) > 0;
    made_.push_back(std::move(made));
  }

  void add_audience(const std::string& id) {
    const Words name = names_of(campaign_.audiences, {id});
    Suggestion made = at(Reason::audience, std::nullopt, std::nullopt, name);
    made.audience = id;
    made.planned = planned_.count(std::nullopt, name.chinese) > 0;
    made_.push_back(std::move(made));
  }

  std::vector<Suggestion> take() { return std::move(made_); }

 private:
  static Suggestion at(Reason reason, std::optional<PlaceId> place, std::optional<std::string> name, const Words& focus) {
    Suggestion made;
    made.reason = reason;
    made.place = std::move(place);
    made.place_name = std::move(name);
    made.focus = focus.chinese;
    if (!focus.english.empty()) made.focus_en = focus.english;
    return made;
  }

  void add(const QuotaStanding& standing, const QuotaRow& row, const CurrentPeriod& period) {
    const auto quota = std::ranges::find(campaign_.quotas, standing.id, &Quota::id);
    Words word = names_of(campaign_.kinds, standing.kinds);
    if (word.chinese.empty()) word = names_of(campaign_.forms, standing.forms);
    Suggestion made =
        at(Reason::quota, row.place, row.place_name, word.chinese.empty() ? counted_thing(campaign_, quota->measure) : word);
    made.quota = standing.id;
    made.missing = standing.minimum - period.done;
    made.by = period.to;
    // One row of a plan stands for one activity.
    const bool asks_for_activities = quota->measure == activities_metric;
    const std::int64_t rows = asks_for_activities ? *made.missing : 1;
    made.planned = planned_.count(row.place, asks_for_activities ? word.chinese : made.focus, !row.place) >= rows;
    if (row.place && asks_for_activities) asked_.insert(*row.place);
    made_.push_back(std::move(made));
  }

  const Campaign& campaign_;
  Planned planned_;
  Words any_;
  std::set<PlaceId> asked_;  // of whom a quota asks for an activity anyway
  std::vector<Suggestion> made_;
};

}  // namespace

std::optional<campaigns::DateRange> next_week(const Campaign& campaign, Date today) {
  const Date from = std::max(plus_days(monday_of(today), 7), campaign.starts_on);
  if (from > campaign.ends_on) return std::nullopt;
  return campaigns::DateRange{from, std::min(campaigns::quota_week(from).to, campaign.ends_on)};
}

std::vector<Suggestion> suggest(const Campaign& campaign, const QuotaBoard& board, const Coverage& drawn,
                                const std::vector<plans::FoundRow>& planned) {
  Suggesting suggesting(campaign, planned);
  for (const QuotaStanding& standing : board.quotas) suggesting.add(standing);
  for (const MatrixRow& row : drawn.rows) suggesting.add(row);
  for (const std::string& id : drawn.unreached.entries) suggesting.add_entry(id);
  for (const std::string& id : drawn.unreached.audiences) suggesting.add_audience(id);
  return suggesting.take();
}

}  // namespace wujin::coverage
