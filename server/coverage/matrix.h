#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "places/place.h"
#include "tallies/sheet.h"

// Places by true Monday–Sunday weeks, and where nobody went (contract: Coverage). Pure.
namespace wujin::coverage {

using campaigns::Campaign;
using campaigns::CampaignId;
using places::PlaceId;
using places::PlaceKind;

// What a matrix may be narrowed to.
enum class Measure : std::uint8_t { entry, audience, form, kind, work_item };
BOOST_DESCRIBE_ENUM(Measure, entry, audience, form, kind, work_item)

struct Filter {
  Measure measure = Measure::entry;
  std::string value;
};
// Whether the campaign knows what is asked for.
bool is_known(const Filter& filter, const Campaign& campaign);

// A week as far as it lies in the campaign; `from` to `to` inclusive.
struct WeekColumn {
  Date from;
  Date to;
  int covered = 0;  // places with anything in it
  int asked = 0;    // of these many: those that stood when it began
};
BOOST_DESCRIBE_STRUCT(WeekColumn, (), (from, to, covered, asked))
std::vector<WeekColumn> weeks_of(const Campaign& campaign);

struct MatrixRow {
  PlaceId place;
  std::string place_name;
  PlaceKind place_kind = PlaceKind::village;
  std::vector<std::int64_t> counts;  // one for each week
  std::int64_t total = 0;
  std::optional<Date> last_held_on;  // of anything, whatever the matrix is narrowed to
  bool silent = false;               // nothing in the last two weeks
  bool former = false;               // no longer of the campaign's town: it owes nothing, but what it held stands
  std::optional<Date> ended_on;      // the last day of a place that was merged or dissolved: no later week is asked of it
};
BOOST_DESCRIBE_STRUCT(MatrixRow, (), (place, place_name, place_kind, counts, total, last_held_on, silent, former, ended_on))

// What nobody of these places has recorded yet: identifiers of the campaign, in its order.
struct Unreached {
  std::vector<std::string> entries;
  std::vector<std::string> audiences;
  std::vector<std::string> forms;
  std::vector<std::string> work_items;
};
BOOST_DESCRIBE_STRUCT(Unreached, (), (entries, audiences, forms, work_items))

struct Coverage {
  CampaignId campaign;
  Date today;
  std::optional<Measure> measure;
  std::optional<std::string> value;
  std::vector<WeekColumn> weeks;
  std::vector<MatrixRow> rows;  // in the places' own order
  Unreached unreached;
};
BOOST_DESCRIBE_STRUCT(Coverage, (), (campaign, today, measure, value, weeks, rows, unreached))

// Whether a place is one of those the campaign asks something of: a village or community of its town that had not ended before.
bool is_ground(const places::Place& place, const Campaign& campaign);

// A place of which nothing is asked has a row only when something was held there. Silence is judged within the campaign alone:
// before its second week has passed, and after its end or its own, no place is silent.
Coverage draw(const Campaign& campaign, const std::vector<const places::Place*>& places, const tallies::Sheets& sheets,
              const std::optional<Filter>& filter, Date today);

}  // namespace wujin::coverage
