#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "deadlines/board.h"

// Who is asked for what, and in which words. Pure.
namespace wujin::reminders {

using campaigns::Campaign;
using campaigns::CampaignId;
using campaigns::Deliverable;
using places::PlaceId;

// All that falls due on one day: a report and a summary of the same day are asked for once, not twice.
struct DueDay {
  Date on;
  Instant due_at;
  std::vector<deadlines::Column> columns;
};
std::vector<DueDay> due_days(const deadlines::Board& board);

// A village or community that has not handed in everything of a due day; the town's own is not asked of it.
struct Owing {
  PlaceId place;
  std::string name;
  std::vector<std::string> names;  // of what is missing
};
std::vector<Owing> owing_of(const deadlines::Board& board, const DueDay& day);

enum class Kind : std::uint8_t {
  before,  // to the group, while there is time
  after,   // to each place alone, once it is late
  all_in   // nothing is missing: to the group, by hand only
};
BOOST_DESCRIBE_ENUM(Kind, before, after, all_in)
Kind kind_of(const DueDay& day, const std::vector<Owing>& owing, Instant now);

// What a text tells beside who owes what.
struct Telling {
  Instant now;
  std::string address;              // of the server, without a slash at its end; empty: no link
  std::string holiday;              // what the due day is, when offices are shut; empty: an ordinary day
  std::map<PlaceId, int> recorded;  // activities of the period
};

// For the group. Names at most as many places as fit what every robot takes.
std::string group_text(const Campaign& campaign, const DueDay& day, const std::vector<Owing>& owing, const Telling& telling);
// For one place alone.
std::string place_text(const Campaign& campaign, const DueDay& day, const Owing& owing, const Telling& telling);
std::string subject_of(const Campaign& campaign, const DueDay& day, const Telling& telling);

// The report month of a due day; nothing when no monthly report falls due.
std::optional<Month> month_of_reports(const DueDay& day);

std::string chinese_date(Date date);     // 10月28日
std::string chinese_weekday(Date date);  // 星期六

}  // namespace wujin::reminders
