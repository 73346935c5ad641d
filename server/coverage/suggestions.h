#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "coverage/matrix.h"
#include "coverage/quotas.h"
#include "plans/plans_store.h"

// What to do next week: the quotas that are behind, the places without a record, whom and what nobody reached yet (contract:
// Suggestions). Each says why, and what a row of the plan would read. Pure.
namespace wujin::coverage {

enum class Reason : std::uint8_t { quota, silent, entry, audience };
BOOST_DESCRIBE_ENUM(Reason, quota, silent, entry, audience)

struct Suggestion {
  Reason reason = Reason::quota;
  std::optional<PlaceId> place;  // none: anywhere in the town
  std::optional<std::string> place_name;
  std::optional<std::string> quota;  // of the campaign; likewise below
  std::optional<std::string> entry;
  std::optional<std::string> audience;
  std::optional<std::int64_t> missing;  // of the quota's measure, until `by`
  std::optional<Date> by;
  std::string focus;  // what the row of the plan says, in the campaign's words
  std::optional<std::string> focus_en;
  bool planned = false;
};
BOOST_DESCRIBE_STRUCT(Suggestion, (), (reason, place, place_name, quota, entry, audience, missing, by, focus, focus_en, planned))

struct Suggestions {
  CampaignId campaign;
  std::optional<PlaceId> plan;  // the plan the asker may write them into
  std::optional<Date> from;     // next week as far as it lies in the campaign; none once it is over
  std::optional<Date> to;
  std::vector<Suggestion> items;
};
BOOST_DESCRIBE_STRUCT(Suggestions, (), (campaign, plan, from, to, items))

// The Monday–Sunday week after today's, or the campaign's first before it began; nothing when the campaign ends before it.
std::optional<campaigns::DateRange> next_week(const Campaign& campaign, Date today);

// `board` stands on the first day of the week, `drawn` today; `planned` are the rows of all plans that touch the week. What is
// only good to have, and what no room counts, is never asked for.
std::vector<Suggestion> suggest(const Campaign& campaign, const QuotaBoard& board, const Coverage& drawn,
                                const std::vector<plans::FoundRow>& planned);

}  // namespace wujin::coverage
