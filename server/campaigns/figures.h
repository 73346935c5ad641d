#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "campaigns/campaign.h"

namespace wujin::campaigns {

// What was held in a period, as figures for people to read or to paste.
struct Figures {
  Date from;
  Date to;  // inclusive
  std::string scope;
  std::int64_t activities = 0;
  std::map<std::string, std::int64_t> by_entry;  // an entry's id
  std::int64_t people = 0;                       // 0 when nobody entered any; likewise below
  std::int64_t leaflets = 0;
  std::int64_t places = 0;
  std::int64_t points = 0;
};

// The campaign's sentence with the figures in it; what is nothing is left out.
std::string figures_sentence(const Campaign& campaign, const Figures& figures);

}  // namespace wujin::campaigns
