#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "coverage/matrix.h"
#include "coverage/quotas.h"
#include "deadlines/board.h"

// How each place reported, as evidence for a year-end appraisal (N21). Places in the order of their codes, never ranked; what
// was held stands beside. Pure.
namespace wujin::appraisal {

using campaigns::Campaign;
using campaigns::CampaignId;
using places::PlaceId;
using places::PlaceKind;

// An item of the campaign that is switched on.
struct Item {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  campaigns::AppraisalMeasure counts = campaigns::AppraisalMeasure::handed_in;
  std::vector<campaigns::Deliverable> deliverables;
  std::optional<int> weight;  // where the campaign scores
};
BOOST_DESCRIBE_STRUCT(Item, (), (id, name, name_en, counts, deliverables, weight))

// How a place stands with an item: of what was owed and has fallen due or come in, how much met it.
struct ItemStanding {
  std::string item;
  int met = 0;
  int expected = 0;  // 0: nothing owed yet, or 不适用
  int pending = 0;   // of the expected, handed in and waiting for the station's review
  std::optional<double> score;
};
BOOST_DESCRIBE_STRUCT(ItemStanding, (), (item, met, expected, pending, score))

// A quota, beside: periods met of those that have begun.
struct QuotaBeside {
  std::string quota;
  std::string name;
  std::optional<std::string> name_en;
  bool applies = true;
  bool connected = true;  // else 未接入
  int met = 0;
  int expected = 0;
};
BOOST_DESCRIBE_STRUCT(QuotaBeside, (), (quota, name, name_en, applies, connected, met, expected))

struct PlaceStanding {
  PlaceId place;
  std::string place_name;
  PlaceKind place_kind = PlaceKind::village;
  std::vector<ItemStanding> items;  // one for each item of the appraisal
  std::optional<double> score;      // of the items that apply; out of `full`
  std::optional<int> full;
  std::vector<QuotaBeside> quotas;
  std::int64_t activities = 0;
  int weeks = 0;                   // with something held
  std::optional<Date> ended_on;    // the last day of a place that was merged or dissolved
  std::optional<int> weeks_asked;  // of such a one: the weeks that began while it stood
};
BOOST_DESCRIBE_STRUCT(PlaceStanding, (),
                      (place, place_name, place_kind, items, score, full, quotas, activities, weeks, ended_on, weeks_asked))

// A place's line with what it was drawn from.
struct PlaceEvidence {
  PlaceStanding standing;
  std::vector<deadlines::Cell> owed;  // by due date; what does not apply is left out
};
BOOST_DESCRIBE_STRUCT(PlaceEvidence, (), (standing, owed))

// What stands over the lines.
struct Head {
  CampaignId campaign;
  Instant as_of;
  std::string note;
  std::string note_en;
  bool scores = false;
  int weeks_begun = 0;
  std::vector<Item> items;
};
BOOST_DESCRIBE_STRUCT(Head, (), (campaign, as_of, note, note_en, scores, weeks_begun, items))

// Frozen as it is: a member added later must be optional, or what was frozen no longer reads.
struct Appraisal : Head {
  std::vector<PlaceEvidence> places;
};
BOOST_DESCRIBE_STRUCT(Appraisal, (Head), (places))

// What is counted for an item of what a place owes: due by now or handed in, and not exempt.
bool is_counted(const deadlines::Cell& owed, const Item& item, Instant now);

// Only places that owe something, in the board's order. `quotas` and `coverage` of the same places.
Appraisal appraise(const Campaign& campaign, const deadlines::Board& board, const coverage::QuotaBoard& quotas,
                   const coverage::Coverage& coverage);

// What of a place's line stands under a head of the table, to order by it: "item.handed_in", "score", "activities", "weeks" or
// "quotas"; shares as shares. Nothing for a head there is none of.
using LineKey = std::function<std::optional<double>(const PlaceStanding&)>;
std::optional<LineKey> line_key(const Appraisal& appraisal, std::string_view head);

// 3/4, with what waits beside it; what is not owed as "—".
std::string fraction(const ItemStanding& standing, Language language);
// Of the quotas that apply and have begun, how many are met: 2/2. Empty when there is none.
std::string quotas_met(const PlaceStanding& standing);
// 固定宣传教育场所1/1；… of those that apply.
std::string quotas_in_words(const PlaceStanding& standing, Language language);

}  // namespace wujin::appraisal
