#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "base/problem.h"
#include "documents/value.h"

namespace wujin::documents {

// One tag as a person wrote it, and where.
struct Tag {
  enum class Kind { text, open, open_if_empty, close, picture, centred_picture };

  Kind kind = Kind::text;
  std::string name;     // "." is the present element; empty for {/}
  std::string written;  // with its braces, as the template has it
  std::optional<PictureBox> box;
  std::string part;     // such as "document" or "header1"
  int paragraph = 0;    // counted from 1 within the part
  std::string text;     // how the paragraph begins
  pugi::xml_node node;  // the marker that stands in the tag's place; it keeps the run's properties as its child
  pugi::xml_node paragraph_node;
};

inline constexpr std::string_view marker_name = "wujin-tag";

// The fault of one tag, its field such as "document[12]".
Fault fault_of(const Tag& tag, ProblemCode code, std::vector<ProblemParameter> more = {});

// Finds every tag in the part, joins what an editor split over several runs, and puts a marker in each tag's place, its attribute
// "n" being the tag's index in the answer (document order). What reads as a tag but is none becomes a fault.
std::vector<Tag> find_tags(pugi::xml_node root, const std::string& part, std::vector<Fault>& faults);

}  // namespace wujin::documents
