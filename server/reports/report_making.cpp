#include "reports/report_making.h"

#include <stdexcept>

#include "base/text.h"
#include "campaigns/form_tags.h"
#include "photos/photos_store.h"
#include "reports/report_document.h"

namespace wujin::reports {
namespace {

std::string bytes_of(const std::string& hexadecimal) {
  std::string bytes;
  if (!from_hex(hexadecimal, bytes)) throw std::runtime_error("a stored digest is not hexadecimal: " + hexadecimal);
  return bytes;
}

// Renditions are JPEG of at most 1280 pixels, upright and without metadata.
Pictures pictures_of(Snapshot& snapshot, const files::Vault& vault, const Layout& layout, int& undrawn) {
  Pictures pictures;
  for (const WeekPart& week : layout.weeks) {
    for (const Section& section : week.sections) {
      for (const PrintedPhoto& photo : section.photos) {
        if (!photo.chosen || !photo.received) continue;
        const auto rendition = photos::rendition(snapshot, photo.id, photos::Size::large);
        if (!rendition) {
          const auto kept = photos::find(snapshot, photo.id);
          undrawn += kept && kept->drawing == photos::Drawing::waiting ? 1 : 0;
          continue;
        }
        documents::Picture picture;
        picture.identity = rendition->sha256;
        picture.width = rendition->width;
        picture.height = rendition->height;
        picture.bytes = vault.path(bytes_of(rendition->sha256));
        pictures.emplace(photo.id, std::move(picture));
      }
    }
  }
  return pictures;
}

}  // namespace

Making prepare(Snapshot& snapshot, campaigns::FormTemplates& forms, const files::Vault& vault, const OpenReport& report) {
  Making making{forms.of(*report.frame.bundle, report.campaign().documents.report, campaigns::report_tags()),
                {},
                document_properties(report.material, report.layout),
                document_name(report.material),
                report.digest,
                0};
  making.values = document_values(report.material, report.layout, pictures_of(snapshot, vault, report.layout, making.undrawn));
  return making;
}

}  // namespace wujin::reports
