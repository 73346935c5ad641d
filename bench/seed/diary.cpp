#include "seed/diary.h"

namespace wujin::bench {

Diary::Diary(const campaigns::Campaign& campaign, const app::SampleMaterial& material, Date last, std::uint64_t seed)
    : campaign_(campaign.id), told_(app::compose_activities(material, campaign.starts_on, last)), randomness_(seed) {}

activities::ActivityChange Diary::entry(const places::PlaceId& place, Instant started_at, Instant recorded_at) {
  const app::SampleActivity& told = told_[randomness_.below(told_.size())];
  const app::Story& story = *told.story;
  activities::ActivityChange change;
  change.campaign = campaign_;
  change.place = place;
  change.entry = story.entry;
  change.started_at = started_at;
  change.title = story.title;
  change.text = told.text;
  if (!story.kind.empty()) change.kind = story.kind;
  if (!story.form.empty()) change.form = story.form;
  if (!story.audiences.empty()) change.audiences = story.audiences;
  if (!story.topics.empty()) change.topics = story.topics;
  if (!story.partners.empty()) change.partners = story.partners;
  change.organizer = activities::Organizer::village;
  change.point = told.point;
  if (told.people) change.people_about = 5 + static_cast<int>(randomness_.below(80));
  if (told.leaflets) change.leaflets = 10 + static_cast<int>(randomness_.below(120));
  change.recorded_at = recorded_at;
  return change;
}

}  // namespace wujin::bench
