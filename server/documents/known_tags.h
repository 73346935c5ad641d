#pragma once

#include <string>
#include <vector>

namespace wujin::documents {

// A tag a form may use. Inside a list (or a group, an object on its own) the tags of `inside` are known as well as those around
// it.
// A chart is shown by the tag of a picture.
struct KnownTag {
  enum class Kind { text, condition, list, group, picture };

  std::string name;
  Kind kind = Kind::text;
  std::vector<KnownTag> inside;
};
using KnownTags = std::vector<KnownTag>;

}  // namespace wujin::documents
