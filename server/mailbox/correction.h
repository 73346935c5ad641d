#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "campaigns/campaign.h"
#include "mailbox/letter.h"
#include "mailbox/understanding.h"
#include "places/place.h"

// What a person says a letter is, in place of what was understood. Pure.
namespace wujin::mailbox {

struct CorrectedActivity {
  std::optional<int> week;
  std::optional<Date> held_on;
  std::optional<std::string> entry;
  std::string heading;
  std::string text;
  std::optional<int> people_about;
  std::optional<int> leaflets;
  std::vector<PictureRef> pictures;
};
BOOST_DESCRIBE_STRUCT(CorrectedActivity, (), (week, held_on, entry, heading, text, people_about, leaflets, pictures))

struct CorrectedRow {
  std::optional<Date> from;
  std::optional<Date> to;
  std::vector<PlaceId> places;
  std::string week_label;
  std::string focus;
  std::string in_charge;
};
BOOST_DESCRIBE_STRUCT(CorrectedRow, (), (from, to, places, week_label, focus, in_charge))

struct LetterCorrection {
  std::optional<CampaignId> campaign;
  std::optional<PlaceId> place;
  std::optional<Deliverable> form;
  std::optional<Month> month;
  std::vector<CorrectedActivity> activities;
  std::vector<CorrectedRow> rows;
  std::string no_activity_reason;
  std::vector<PictureRef> unplaced;  // left out on purpose
};
BOOST_DESCRIBE_STRUCT(LetterCorrection, (), (campaign, place, form, month, activities, rows, no_activity_reason, unplaced))

// Every fault at once: places that are none of the town's, weeks and entries the campaign does not have, overlong texts,
// pictures the letter does not hold or holds once and were named twice.
Result<> check(const LetterCorrection& correction, const Contents& contents, const campaigns::Campaign& campaign,
               const places::Tree& tree);

// The understanding a person gave: every value of it is sure (Why::person).
Understanding corrected(const LetterCorrection& correction);

// What is still in doubt of an understanding a person gave: what filing needs and is not there, or does not fit the campaign.
std::vector<Doubt> doubts_of(const Understanding& understanding, const campaigns::Campaign& campaign);

}  // namespace wujin::mailbox
