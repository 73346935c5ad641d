#include "reports/content.h"

#include <algorithm>

namespace wujin::reports {
namespace {

ContentSection content_of(const Material& material, const Section& section, const Renditions& renditions) {
  const auto& activity = *std::ranges::find(material.activities, section.activity, &activities::ActivityAnswer::id);
  ContentSection content;
  content.started_at = section.started_at;
  content.entry = activity.entry;
  content.heading = section.heading;
  content.title = activity.title;
  content.text = section.text;
  content.point = activity.point;
  content.people_about = activity.people_about;
  content.leaflets = activity.leaflets;
  for (const PrintedPhoto& photo : section.photos) {
    const auto found = renditions.find(photo.id);
    if (!photo.chosen || found == renditions.end()) continue;
    content.pictures.push_back({found->second.sha256, found->second.width, found->second.height, photo.caption});
  }
  return content;
}

}  // namespace

Renditions renditions_of(Snapshot& snapshot, const Layout& layout) {
  Renditions renditions;
  for (const WeekPart& week : layout.weeks) {
    for (const Section& section : week.sections) {
      for (const PrintedPhoto& photo : section.photos) {
        if (!photo.chosen || !photo.received) continue;
        if (auto found = photos::rendition(snapshot, photo.id, photos::Size::large)) {
          renditions.emplace(photo.id, std::move(*found));
        }
      }
    }
  }
  return renditions;
}

Content content_of(const Material& material, const Layout& layout, const Renditions& renditions) {
  Content content;
  if (layout.activities == 0) content.no_activity_reason = material.draft.no_activity_reason;
  for (const WeekPart& week : layout.weeks) {
    for (const Section& section : week.sections) content.sections.push_back(content_of(material, section, renditions));
  }
  return content;
}

}  // namespace wujin::reports
