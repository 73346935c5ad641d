#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "campaigns/weeks.h"
#include "places/place.h"
#include "sites/sites_store.h"
#include "tallies/tallies_store.h"

// Every quota of a campaign with its own subject and denominator: done, expected so far, still possible (contract: QuotaBoard).
// Pure.
namespace wujin::coverage {

using campaigns::Campaign;
using campaigns::CampaignId;
using campaigns::Quota;
using places::PlaceId;
using places::PlaceKind;

// The metric that counts activities, by its identifier in a campaign.
inline constexpr std::string_view activities_metric = "activities";

// The period that runs today and what it holds so far.
struct CurrentPeriod {
  Date from;
  Date to;
  std::int64_t done = 0;
};
BOOST_DESCRIBE_STRUCT(CurrentPeriod, (), (from, to, done))

// A quota by one who owes it: the station, or a place. Periods are counted once they have begun.
struct QuotaRow {
  std::optional<PlaceId> place;  // none: the station
  std::optional<std::string> place_name;
  std::optional<PlaceKind> place_kind;
  std::optional<Date> ended_on;  // the last day of a place that was merged or dissolved
  bool applies = true;           // else 不适用: nothing is owed, and nothing is counted
  std::int64_t done = 0;         // of the measure, in all periods
  int met = 0;                   // periods that reached the minimum
  int expected = 0;              // periods that have begun; one that outlasts its place only when it was met
  int open = 0;                  // of the expected, not met and still running
  std::optional<CurrentPeriod> current;
};
BOOST_DESCRIBE_STRUCT(QuotaRow, (), (place, place_name, place_kind, ended_on, applies, done, met, expected, open, current))

struct QuotaStanding {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  campaigns::QuotaSubject subject = campaigns::QuotaSubject::place;
  campaigns::QuotaPeriod period = campaigns::QuotaPeriod::year;
  int minimum = 1;
  std::string unit;
  bool optional = false;
  std::vector<std::string> kinds;
  std::vector<std::string> forms;
  std::optional<std::string> clause;
  bool connected = true;  // false: no room counts the measure yet; 未接入, never 0
  int met = 0;            // over the rows
  int expected = 0;
  int open = 0;
  std::vector<QuotaRow> rows;
};
BOOST_DESCRIBE_STRUCT(QuotaStanding, (),
                      (id, name, name_en, subject, period, minimum, unit, optional, kinds, forms, clause, connected, met,
                       expected, open, rows))

struct QuotaBoard {
  CampaignId campaign;
  std::string document_number;
  Date today;
  std::vector<QuotaStanding> quotas;
};
BOOST_DESCRIBE_STRUCT(QuotaBoard, (), (campaign, document_number, today, quotas))

// The periods of a quota within the campaign. A week cut short by the campaign's first or last day counts when at least four of
// its days are left; below that nothing is owed in it.
std::vector<campaigns::DateRange> periods_of(const Campaign& campaign, campaigns::QuotaPeriod period);

// What is counted: what was held, week by week, and what stands now, which fills every period.
struct Counted {
  tallies::Sheets sheets;
  std::vector<sites::SiteCount> sites;
};

// A measure that counts neither is not connected: no room keeps it.
QuotaBoard stand(const Campaign& campaign, const std::vector<const places::Place*>& places, const Counted& counted,
                 bool with_station, Date today);

}  // namespace wujin::coverage
