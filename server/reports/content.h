#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "photos/photos_store.h"
#include "reports/report.h"

// What a report said when it was handed in, as data: the town's merged report is made of these, and nothing that was recorded or
// changed later gets into it.
namespace wujin::reports {

struct ContentPicture {
  std::string sha256;  // of its large rendition
  int width = 0;
  int height = 0;
  std::optional<std::string> caption;
};
BOOST_DESCRIBE_STRUCT(ContentPicture, (), (sha256, width, height, caption))

struct ContentSection {
  Instant started_at;
  std::string entry;
  std::string heading;  // without its number
  std::string title;
  std::string text;
  std::optional<std::string> point;
  std::optional<int> people_about;
  std::optional<int> leaflets;
  std::vector<ContentPicture> pictures;
};
BOOST_DESCRIBE_STRUCT(ContentSection, (), (started_at, entry, heading, title, text, point, people_about, leaflets, pictures))

struct Content {
  std::vector<ContentSection> sections;  // in the report's order
  std::string no_activity_reason;
};
BOOST_DESCRIBE_STRUCT(Content, (), (sections, no_activity_reason))

// Of the chosen pictures that are here, as far as they are drawn.
using Renditions = std::map<Id<Photo>, photos::StoredRendition>;
Renditions renditions_of(Snapshot& snapshot, const Layout& layout);

Content content_of(const Material& material, const Layout& layout, const Renditions& renditions);

}  // namespace wujin::reports
