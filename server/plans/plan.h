#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "campaigns/campaign.h"
#include "campaigns/weeks.h"
#include "places/place.h"

// The plan table: one a place and campaign, a row a week (notice A1; forms.md, section 2). Pure.
namespace wujin::plans {

using campaigns::CampaignId;
using places::PlaceId;

// What a person enters for a row; what is absent follows from the rest.
struct RowChange {
  std::optional<Month> month;             // shown under it; else the month of `from`
  std::optional<std::string> week_label;  // as printed; else by the week rule
  Date from;
  Date to;                                     // inclusive
  std::optional<std::vector<PlaceId>> places;  // of the same town; else the plan's own
  std::string focus;
  std::optional<std::string> topic;
  std::optional<std::string> in_charge;
  std::optional<int> order;
};
BOOST_DESCRIBE_STRUCT(RowChange, (), (month, week_label, from, to, places, focus, topic, in_charge, order))

struct PlanRow {
  Id<PlanRow> id;
  Month month;
  std::optional<std::string> week_label;  // only when somebody wrote one
  Date from;
  Date to;
  std::vector<PlaceId> places;
  std::string focus;
  std::optional<std::string> topic;
  std::string in_charge;
  int order = 0;
  std::int64_t version = 1;
  Instant updated_at;
  std::string updated_by;
  bool deleted = false;
};

// What belongs to the plan as a whole.
struct PlanHead {
  std::optional<std::string> note;
  std::optional<campaigns::WeekLabel> week_label;  // else the campaign's
  std::int64_t version = 0;                        // 0: nobody changed anything yet
  std::optional<Instant> signed_off_at;
  std::optional<std::string> signed_off_by;
  std::string signed_off_digest;  // content_digest of what was signed
};

struct HeadChange {
  std::optional<std::string> note;
  std::optional<campaigns::WeekLabel> week_label;
};
BOOST_DESCRIBE_STRUCT(HeadChange, (), (note, week_label))

std::string etag_of(const PlanRow& row);

// `in_charge` with one name put for another, names joined by 、 and each told once; nothing when the name does not stand there as
// a whole.
std::optional<std::string> with_successor(const std::string& in_charge, std::string_view from, std::string_view to);

// Everything wrong with a row: dates outside the campaign or in the wrong order, places that are not of the town, overlong words.
Result<> check(const RowChange& change, const campaigns::Campaign& campaign, const places::Tree& tree);
// Nothing is planned for days after its places ended, nor in the plan of one that did. `row` as it would be kept.
Result<> check_stands(const PlanRow& row, const places::Place& own_place, const places::Tree& tree);
Result<> check(const HeadChange& change);

// The row that a change makes of `row` (a new one carries only its id).
PlanRow changed(PlanRow row, const RowChange& change, const PlaceId& own_place);

// The form's weeks of a month, and the one of the row's own month that most of its days lie in; nothing when none do.
std::vector<campaigns::ReportWeek> weeks_of(const campaigns::Campaign& campaign, Month month);
std::optional<campaigns::ReportWeek> week_of(const PlanRow& row, const campaigns::Campaign& campaign);

// The label a row is printed with: what somebody wrote, else the form's week it mostly lies in.
std::string label_of(const PlanRow& row, const PlanHead& head, const campaigns::Campaign& campaign);

// The rows of one month laid over the weeks of another: the first week's on the first, and so on; those of a week the other month
// does not have are left out. Ids are nil; dates, month and label are those of the new week.
std::vector<PlanRow> copied(const std::vector<PlanRow>& rows, Month from, Month to, const campaigns::Campaign& campaign);
// Of rows, what can be planned: places that end before a row's days leave it, and a row of none but these goes.
std::vector<PlanRow> still_standing(std::vector<PlanRow> rows, const places::Tree& tree);

// Of everything the document is made from: two plans that would print alike answer alike.
std::string content_digest(const std::vector<PlanRow>& rows, const PlanHead& head, const campaigns::Campaign& campaign);

// The points a focus names, for being offered again: what stands between 、 and the like, when it is short enough to be one.
std::vector<std::string> points_in(const std::string& focus);

}  // namespace wujin::plans
