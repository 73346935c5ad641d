#include "coverage/quotas.h"

#include <algorithm>

#include "coverage/matrix.h"

namespace wujin::coverage {
namespace {

using campaigns::DateRange;
using campaigns::QuotaPeriod;
using campaigns::QuotaSubject;
using tallies::Counts;
using tallies::Dimension;

// The metrics that are counted from activities, by their identifiers in a campaign.
std::optional<std::int64_t Counts::*> counted_from_activities(const std::string& measure) {
  if (measure == activities_metric) return &Counts::activities;
  if (measure == "people") return &Counts::people;
  if (measure == "leaflets") return &Counts::leaflets;
  return std::nullopt;
}

// Likewise those that count what stands.
std::optional<sites::SiteKind> counted_from_sites(const std::string& measure) {
  if (measure == "sites") return sites::SiteKind::education_site;
  if (measure == "experience_halls") return sites::SiteKind::experience_hall;
  return std::nullopt;
}

bool is_asked(const std::vector<std::string>& wanted, std::string_view value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

// What counts for the station's own quota: what it held, alone or with a village, wherever that was.
bool is_held_by_station(std::string_view organizer) { return organizer == "station" || organizer == "both"; }

bool owes(const Quota& quota, PlaceKind kind) {
  switch (quota.subject) {
    case QuotaSubject::station:
      return false;
    case QuotaSubject::place:
      return places::is_of_village_level(kind);
    case QuotaSubject::village:
      return kind == PlaceKind::village;
    case QuotaSubject::community:
      return kind == PlaceKind::community;
  }
  return false;
}

// One quota's sums by who owes it and period.
class Sums {
 public:
  Sums(const Campaign& campaign, const Quota& quota)
      : quota_(quota),
        counted_(counted_from_activities(quota.measure)),
        site_kind_(counted_from_sites(quota.measure)),
        begin_(campaign.starts_on),
        periods_(periods_of(campaign, quota.period)) {}

  bool is_connected() const { return counted_ || site_kind_; }

  void add(const tallies::Sheet& sheet) {
    if (!counted_ || periods_.empty()) return;
    std::vector<char> is_asked_for;
    std::size_t held = 0, asked = 0;
    for (const tallies::Cell& cell : sheet.values()) {
      is_asked_for.push_back(asks_for(cell) ? 1 : 0);
      held += cell.dimension == Dimension::held ? 1 : 0;
      asked += is_asked_for.back() != 0 ? 1 : 0;
    }
    const bool asks_for_all = asked == held;
    auto& sums = by_owner_[is_of_station() ? "" : sheet.place()];
    sums.resize(periods_.size());
    if (asked == 0) return;
    auto period = periods_.begin();
    for (const auto& week : sheet.weeks()) {
      // The piece of a week may begin before the campaign does.
      const Date day = std::max(week.first_day, begin_);
      while (period != periods_.end() && period->to < day) ++period;
      if (period == periods_.end()) return;
      if (!period->contains(day)) continue;
      auto& sum = sums[static_cast<std::size_t>(period - periods_.begin())];
      if (asks_for_all) {
        sum += week.held.*(*counted_);
        continue;
      }
      for (const auto& line : sheet.held_in(week)) {
        if (is_asked_for[line.value] != 0) sum += line.counts().*(*counted_);
      }
    }
  }

  void add(const sites::SiteCount& count) {
    if (site_kind_ != count.kind) return;
    by_owner_[count.place.text()].assign(periods_.size(), count.sites);
  }

  // `place`: who owes it; null: the station.
  void fill(QuotaRow& row, const places::Place* place, Date today) const {
    const auto found = by_owner_.find(row.place ? row.place->text() : "");
    for (std::size_t i = 0; i < periods_.size(); ++i) {
      const std::int64_t done = found == by_owner_.end() ? 0 : found->second[i];
      const bool is_met = done >= quota_.minimum, is_running = periods_[i].contains(today);
      row.done = site_kind_ ? done : row.done + done;
      if (periods_[i].from > today || !is_asked_in(periods_[i], place, is_met)) continue;
      ++row.expected;
      if (is_met) ++row.met;
      if (!is_met && is_running) ++row.open;
      if (is_running) row.current = CurrentPeriod{periods_[i].from, periods_[i].to, done};
    }
  }

 private:
  bool is_of_station() const { return quota_.subject == QuotaSubject::station; }

  bool asks_for(const tallies::Cell& cell) const {
    if (cell.dimension != Dimension::held) return false;
    const auto parts = tallies::parts_of(cell.value);
    if (is_of_station() && !is_held_by_station(parts.organizer)) return false;
    return is_asked(quota_.kinds, parts.kind) && is_asked(quota_.forms, parts.form);
  }

  // A period falls due with its last day: of a place that ended before nothing is owed in it, though what met it counts.
  static bool is_asked_in(const DateRange& period, const places::Place* place, bool is_met) {
    if (place == nullptr || places::stands_on(*place, period.to)) return true;
    return is_met && places::stands_on(*place, period.from);
  }

  const Quota& quota_;
  std::optional<std::int64_t Counts::*> counted_;
  std::optional<sites::SiteKind> site_kind_;
  Date begin_;
  std::vector<DateRange> periods_;
  std::map<std::string, std::vector<std::int64_t>> by_owner_;
};

QuotaStanding standing_of(const Campaign& campaign, const Quota& quota) {
  QuotaStanding standing;
  standing.id = quota.id;
  standing.name = quota.name;
  standing.name_en = quota.name_en;
  standing.subject = quota.subject;
  standing.period = quota.period;
  standing.minimum = quota.minimum;
  standing.optional = quota.optional;
  standing.kinds = quota.kinds;
  standing.forms = quota.forms;
  if (!quota.clause.empty()) standing.clause = quota.clause;
  const auto metric = std::ranges::find(campaign.metrics, quota.measure, &campaigns::Metric::id);
  if (metric != campaign.metrics.end()) standing.unit = metric->unit;
  return standing;
}

void sum_up(QuotaStanding& standing, QuotaRow row) {
  standing.met += row.met;
  standing.expected += row.expected;
  standing.open += row.open;
  standing.rows.push_back(std::move(row));
}

}  // namespace

std::vector<DateRange> periods_of(const Campaign& campaign, QuotaPeriod period) {
  constexpr int least_days = 4;
  std::vector<DateRange> periods;
  for (Date day = campaign.starts_on; day <= campaign.ends_on;) {
    Date last = campaign.ends_on;
    if (period == QuotaPeriod::week) last = campaigns::quota_week(day).to;
    if (period == QuotaPeriod::month) last = last_day(month_of(day));
    if (period == QuotaPeriod::year) last = day.year() / std::chrono::December / 31;
    last = std::min(last, campaign.ends_on);
    const bool is_cut_short = period == QuotaPeriod::week && days_between(day, last) + 1 < least_days;
    if (!is_cut_short) periods.push_back({day, last});
    day = plus_days(last, 1);
  }
  return periods;
}

QuotaBoard stand(const Campaign& campaign, const std::vector<const places::Place*>& places, const Counted& counted,
                 bool with_station, Date today) {
  QuotaBoard board{campaign.id, campaign.document_number, today, {}};
  for (const Quota& quota : campaign.quotas) {
    QuotaStanding shown = standing_of(campaign, quota);
    Sums sums(campaign, quota);
    shown.connected = sums.is_connected();
    for (const auto& sheet : counted.sheets) sums.add(*sheet);
    for (const sites::SiteCount& count : counted.sites) sums.add(count);
    if (quota.subject == QuotaSubject::station && with_station) {
      QuotaRow row;
      sums.fill(row, nullptr, today);
      sum_up(shown, std::move(row));
    }
    for (const places::Place* place : places) {
      if (quota.subject == QuotaSubject::station || !is_ground(*place, campaign)) continue;
      QuotaRow row;
      row.place = place->id;
      row.place_name = place->name;
      row.place_kind = place->kind;
      if (place->ending) row.ended_on = place->ending->on;
      row.applies = owes(quota, place->kind);
      if (row.applies && shown.connected) sums.fill(row, place, today);
      // Whose periods all outlast it was never asked.
      if (!places::stands_on(*place, today) && row.expected == 0 && row.done == 0) row.applies = false;
      sum_up(shown, std::move(row));
    }
    board.quotas.push_back(std::move(shown));
  }
  return board;
}

}  // namespace wujin::coverage
