#include "reports/report_making.h"

#include <stdexcept>

#include "campaigns/form_tags.h"
#include "photos/photos_store.h"
#include "reports/content.h"
#include "reports/report_document.h"

namespace wujin::reports {
namespace {

Pictures pictures_of(const files::Vault& vault, const Renditions& renditions) {
  Pictures pictures;
  for (const auto& [photo, rendition] : renditions) {
    auto picture = handins::picture_of(vault, rendition.sha256, rendition.width, rendition.height);
    if (!picture) throw std::runtime_error("the vault has lost a rendition: " + rendition.sha256);
    pictures.emplace(photo, std::move(*picture));
  }
  return pictures;
}

int undrawn(Snapshot& snapshot, const Layout& layout, const Renditions& renditions) {
  int count = 0;
  for (const WeekPart& week : layout.weeks) {
    for (const Section& section : week.sections) {
      for (const PrintedPhoto& photo : section.photos) {
        if (!photo.chosen || !photo.received || renditions.contains(photo.id)) continue;
        const auto kept = photos::find(snapshot, photo.id);
        count += kept && kept->drawing == photos::Drawing::waiting ? 1 : 0;
      }
    }
  }
  return count;
}

}  // namespace

Making prepare(Snapshot& snapshot, campaigns::FormTemplates& forms, const files::Vault& vault, const OpenReport& report) {
  const Renditions renditions = renditions_of(snapshot, report.layout);
  return {forms.of(*report.frame.bundle, report.campaign().documents.report, campaigns::report_tags()),
          document_values(report.material, report.layout, pictures_of(vault, renditions)),
          document_properties(report.material, report.layout),
          document_name(report.material),
          report.digest,
          undrawn(snapshot, report.layout, renditions)};
}

}  // namespace wujin::reports
