#include "reports/month_figures.h"

#include <memory>

#include "people/may.h"
#include "places/place_store.h"
#include "reports/reports_store.h"
#include "tallies/tallies_store.h"

namespace wujin::reports {
namespace {

struct KeptFigures {
  campaigns::Catalogue::Bundle bundle;  // held, so that no other is ever taken for it
  Figures figures;
};

// What looks like a picture is told as far as one may read its record.
std::string reach_of(const people::Actor& actor) {
  std::string reach;
  for (const people::Scope& scope : people::scopes(actor, people::Verb::read_place)) {
    reach += scope.place.text() + (scope.reaches_down ? "+" : "") + " ";
  }
  return reach;
}

}  // namespace

MonthFigures::MonthFigures(Snapshot& snapshot, const Frame& frame, const people::Actor& actor, Month month)
    : snapshot_(snapshot),
      frame_(frame),
      actor_(actor),
      month_(month),
      drafts_(draft_versions(snapshot, frame.bundle->campaign.id, month)) {
  const CampaignId& campaign = frame.bundle->campaign.id;
  name_ = campaign.text() + " " + to_string(month) + " " + reach_of(actor);
  // What is drafted names places as they are called today.
  stamp_ = places::tree_stamp(snapshot) + " " + to_string(china_date(frame.now));
  for (auto& [place, stamp] : tallies::stamps_of(snapshot, campaign.text())) records_.emplace(place, stamp);
}

Result<Figures> MonthFigures::of(const PlaceId& place) {
  const auto draft = drafts_.find(place);
  const auto records = records_.find(place);
  const std::string name = name_ + place.text();
  std::string stamp = stamp_ + " " + std::to_string(draft == drafts_.end() ? 0 : draft->second);
  if (records != records_.end()) stamp += " " + records->second;
  const auto kept = snapshot_.memo().find<KeptFigures>(name, stamp);
  if (kept && kept->bundle == frame_.bundle) return kept->figures;
  const auto report = open_report(snapshot_, frame_, actor_, {frame_.bundle->campaign.id, place, month_});
  if (!report) return report.error();
  auto figures = figures_of(*report);
  snapshot_.memo().keep(name, std::move(stamp), std::make_shared<const KeptFigures>(KeptFigures{frame_.bundle, figures}));
  return figures;
}

}  // namespace wujin::reports
