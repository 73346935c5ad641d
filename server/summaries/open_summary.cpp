#include "summaries/open_summary.h"

#include <algorithm>

#include "activities/activities_store.h"
#include "base/digest.h"
#include "base/text.h"
#include "handins/handins_store.h"
#include "people/may.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "sites/sites_store.h"
#include "summaries/summaries_store.h"

namespace wujin::summaries {
namespace {

bool is_town(const places::Place& place) { return place.kind == campaigns::PlaceKind::town; }

std::vector<tallies::WeekTally> tallies_of(Snapshot& snapshot, const campaigns::Campaign& campaign, const places::Place& place) {
  if (is_town(place)) return tallies::weeks_of(snapshot, campaign.id.text());
  return tallies::weeks_of(snapshot, campaign.id.text(), place.id.text());
}

// Those a town's own summary lists: all below it, in their own order.
std::vector<const places::Place*> listed_places(const places::Tree& tree, const places::Place& place) {
  if (!is_town(place)) return {};
  auto places = tree.subtree(place.id);
  std::erase_if(places, [](const places::Place* one) { return is_town(*one); });
  return places;
}

// Quotas as far as this place owes them; the station's own stand in the town's summary.
std::vector<coverage::QuotaStanding> quotas_of(const campaigns::Campaign& campaign, const places::Tree& tree,
                                               const places::Place& place, const coverage::Counted& counted, Date today) {
  auto places = listed_places(tree, place);
  if (!is_town(place)) places.push_back(&place);
  return coverage::stand(campaign, places, counted, is_town(place), today).quotas;
}

bool is_here(Snapshot& snapshot, const Id<Photo>& id) {
  const auto photo = photos::find(snapshot, id);
  return photo && photo->received_at && photo->drawing != photos::Drawing::unreadable;
}

activities::Query query_of(const campaigns::Campaign& campaign, const places::Place& place, Month month) {
  activities::Query query;
  query.campaign = campaign.id;
  query.month = month;
  (is_town(place) ? query.towns : query.places) = {place.id};
  return query;
}

// The first picture of each month, with its activity's title: a proposal that later records do not move.
std::vector<Proposed> proposed_pictures(Snapshot& snapshot, const campaigns::Campaign& campaign, const places::Place& place,
                                        Date today) {
  std::vector<Proposed> proposed;
  const auto& periods = campaign.report_periods;
  for (Month month = periods.first; month <= periods.last && month <= month_of(today); month = plus_months(month, 1)) {
    const auto held = activities::list(snapshot, query_of(campaign, place, month));
    const auto shown = std::find_if(held.rbegin(), held.rend(), [&](const activities::Activity& activity) {
      return !activity.photos.empty() && is_here(snapshot, activity.photos.front().id);
    });
    if (shown != held.rend()) proposed.push_back({{shown->photos.front().id, shown->title}, true});
  }
  return proposed;
}

std::vector<Proposed> pictures_of(Snapshot& snapshot, const campaigns::Campaign& campaign, const places::Place& place,
                                  const Draft& draft, Date today) {
  if (!draft.edits.pictures) return proposed_pictures(snapshot, campaign, place, today);
  std::vector<Proposed> chosen;
  // One that was deleted since it was chosen is forgotten.
  for (const ChosenPicture& picture : *draft.edits.pictures) {
    if (photos::find(snapshot, picture.id)) chosen.push_back({picture, is_here(snapshot, picture.id)});
  }
  return chosen;
}

std::string etag_of(const OpenSummary& summary) {
  std::string seen =
      std::to_string(summary.campaign().version) + ";" + std::to_string(summary.material.draft.version) + ";" + summary.digest;
  for (const handins::Version& version : summary.versions) {
    seen += ";" + std::to_string(version.number) + std::to_string(static_cast<int>(version.state));
  }
  constexpr std::size_t digits = 24;
  return "\"" + to_hex(sha256(seen)).substr(0, digits) + "\"";
}

}  // namespace

Result<OpenSummary> open_summary(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                 const SummaryKey& key, Instant now) {
  const auto bundle = catalogue.latest(snapshot, key.campaign);
  if (bundle == nullptr) return Problem(ProblemCode::not_found);
  const campaigns::Campaign& campaign = bundle->campaign;
  const Date today = china_date(now);
  const places::Tree tree = places::read_tree(snapshot, today);
  const places::Place* place = tree.find(key.place);
  const auto path = tree.place_and_ancestors(key.place);
  if (place == nullptr || !tree.is_within(key.place, campaign.town) || !people::may(actor, people::Verb::read_place, path)) {
    return Problem(ProblemCode::not_found);
  }
  const auto due = campaigns::due_of(campaign, campaigns::Deliverable::summary, *place);
  if (!due) return Problem(ProblemCode::not_found);

  const handins::Subject subject{campaign.id, campaign.town, key.place, campaigns::Deliverable::summary, due->period};
  const auto tallies = tallies_of(snapshot, campaign, *place);
  Material material{campaign,
                    campaigns::document_names(campaign, tree, key.place),
                    place->kind,
                    today,
                    {},
                    {},
                    {},
                    {},
                    find_draft(snapshot, subject)};
  count(material, tallies, listed_places(tree, *place));
  material.figures.points = activities::points_used(snapshot, campaign.id, campaign.town, place->id);
  material.quotas =
      quotas_of(campaign, tree, *place, {tallies::sheets_of(tallies), sites::count_sites(snapshot, campaign.town)}, today);
  material.pictures = pictures_of(snapshot, campaign, *place, material.draft, today);
  Layout layout = lay_out(material);
  std::string digest = content_digest(layout);
  OpenSummary summary{bundle,
                      *place,
                      path,
                      subject,
                      std::move(material),
                      std::move(layout),
                      std::move(digest),
                      handins::versions_of(snapshot, subject),
                      handins::exemption_of(snapshot, subject),
                      *due,
                      ""};
  summary.etag = etag_of(summary);
  return summary;
}

bool is_of_summary(Snapshot& snapshot, const OpenSummary& summary, const Id<Photo>& picture) {
  const auto photo = photos::find(snapshot, picture);
  if (!photo || !photo->owner) return false;
  const auto activity = activities::find(snapshot, Id<activities::Activity>(*photo->owner));
  if (!activity || activity->deleted || activity->campaign != summary.subject.campaign) return false;
  return is_town(summary.place) ? activity->town == summary.place.id : activity->place == summary.place.id;
}

}  // namespace wujin::summaries
