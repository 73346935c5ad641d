#include "campaigns/figures.h"

#include "campaigns/form_values.h"
#include "campaigns/pattern.h"

namespace wujin::campaigns {
namespace {

std::string some(std::int64_t number) { return number > 0 ? std::to_string(number) : ""; }

std::string entries_of(const Campaign& campaign, const Figures& figures) {
  std::string told;
  for (const Choice& entry : campaign.entries) {
    const auto found = figures.by_entry.find(entry.id);
    if (found == figures.by_entry.end() || found->second == 0) continue;
    if (!told.empty()) told += "、";
    told += fill_pattern(campaign.documents.figures_entry, {{"entry", entry.name}, {"n", std::to_string(found->second)}});
  }
  return told;
}

}  // namespace

std::string figures_sentence(const Campaign& campaign, const Figures& figures) {
  const bool has_both = figures.places > 0 && figures.points > 0;
  return fill_pattern(campaign.documents.figures, {{"from", month_and_day(figures.from)},
                                                   {"to", month_and_day(figures.to)},
                                                   {"scope", figures.scope},
                                                   {"n", std::to_string(figures.activities)},
                                                   {"entries", entries_of(campaign, figures)},
                                                   {"people", some(figures.people)},
                                                   {"leaflets", some(figures.leaflets)},
                                                   {"places", has_both ? some(figures.places) : ""},
                                                   {"points", has_both ? some(figures.points) : ""},
                                                   {"places_alone", has_both ? "" : some(figures.places)},
                                                   {"points_alone", has_both ? "" : some(figures.points)}});
}

}  // namespace wujin::campaigns
