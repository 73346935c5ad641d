#include "documents/word_drawing.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"
#include "documents/part_names.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

// By the end of a name: what programs declare is often wrong, what they name seldom.
std::string media_type_of(const PackageFile& package, std::string_view part) {
  static const std::map<std::string, std::string_view, std::less<>> types = {
      {"jpg", "image/jpeg"},    {"jpeg", "image/jpeg"}, {"jpe", "image/jpeg"},        {"jfif", "image/jpeg"},
      {"png", "image/png"},     {"gif", "image/gif"},   {"bmp", "image/bmp"},         {"dib", "image/bmp"},
      {"webp", "image/webp"},   {"heic", "image/heic"}, {"heif", "image/heif"},       {"tif", "image/tiff"},
      {"tiff", "image/tiff"},   {"emf", "image/x-emf"}, {"wmf", "image/x-wmf"},       {"emz", "image/x-emz"},
      {"svg", "image/svg+xml"}, {"wmz", "image/x-wmz"}, {"wdp", "image/vnd.ms-photo"}};
  const auto dot = part.rfind('.');
  const auto found = dot == std::string_view::npos ? types.end() : types.find(lower_case(part.substr(dot + 1)));
  if (found != types.end()) return std::string(found->second);
  const auto declared = package.content_type(part);
  const bool is_picture = declared.starts_with("image/") && is_utf8_text(declared);
  return is_picture ? declared : "application/octet-stream";
}

bool is_known(std::string_view media_type) {
  constexpr std::array known = {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp", "image/heic", "image/heif"};
  return std::find(known.begin(), known.end(), media_type) != known.end();
}

bool shows_anything(pugi::xml_node branch) {
  constexpr std::array seen = {"blip", "imagedata", "txbxContent", "t", "chart", "relIds"};
  for (auto node = branch; node; node = next_in_order(node, branch)) {
    if (std::find(seen.begin(), seen.end(), local_name(node)) != seen.end()) return true;
  }
  return false;
}

// Shares of the picture's sides, in whatever unit: a picture grown by a negative share is still whole.
bool is_cut(pugi::xml_node node, const std::array<std::string_view, 4>& sides) {
  return std::any_of(sides.begin(), sides.end(), [&](std::string_view side) {
    const auto share = attribute_named(node, side);
    return !share.starts_with('-') && share.find_first_of("123456789") != std::string_view::npos;
  });
}

std::string description_in(pugi::xml_node node) {
  std::string description;
  for (const std::string_view name : {"descr", "title", "alt"}) {
    if (description.empty()) append_readable(description, attribute_named(node, name));
  }
  return description;
}

bool is_on(std::string_view value) { return value == "1" || value == "true"; }

}  // namespace

pugi::xml_node chosen(pugi::xml_node alternatives) {
  pugi::xml_node fallback;
  pugi::xml_node first;
  for (const auto branch : alternatives.children()) {
    const auto name = local_name(branch);
    if (name == "Choice" && shows_anything(branch)) return branch;
    if (name == "Choice" && !first) first = branch;
    if (name == "Fallback" && !fallback) fallback = branch;
  }
  return fallback ? fallback : first;
}

void WordDrawings::look(pugi::xml_node node, std::string description, WordDrawing& drawing) {
  const auto name = local_name(node);
  if (name == "AlternateContent") {
    look_into(chosen(node), description, drawing);
  } else if (name == "txbxContent") {
    drawing.text_boxes.push_back(node);
  } else if (name == "blip") {
    take_blip(node, description, drawing);
  } else if (name == "imagedata") {
    take_image(node, description, drawing);
  } else {
    if (auto own = description_in(node); name == "shape" && !own.empty()) description = std::move(own);
    look_into(node, description, drawing);
  }
}

// What describes a picture stands before it, beside it or beside what holds it (wp:docPr, pic:nvPicPr/pic:cNvPr).
void WordDrawings::look_into(pugi::xml_node node, const std::string& outer, WordDrawing& drawing) {
  std::string description = outer;
  for (const auto child : node.children()) {
    const auto name = local_name(child);
    const auto properties = name == "docPr" ? child : name == "nvPicPr" ? child_named(child, "cNvPr") : pugi::xml_node();
    if (properties && is_on(attribute_named(properties, "hidden"))) return;
    if (auto own = description_in(properties); !own.empty()) description = std::move(own);
  }
  for (const auto child : node.children()) look(child, description, drawing);
}

// A drawing of lines (SVG) is named beside the picture of dots that older programs show in its place.
void WordDrawings::take_blip(pugi::xml_node blip, const std::string& description, WordDrawing& drawing) {
  const auto fill = blip.parent();
  const bool is_cropped = is_cut(child_named(fill, "srcRect"), {"l", "t", "r", "b"});
  if (const auto id = attribute_named(blip, "embed"); !id.empty() && take(id, description, is_cropped, drawing)) return;
  for (auto node = blip; node; node = next_in_order(node, blip)) {
    if (local_name(node) != "svgBlip") continue;
    if (const auto id = attribute_named(node, "embed"); take(id, description, is_cropped, drawing)) return;
  }
  const bool is_linked = !attribute_named(blip, "link").empty();
  if (is_linked) note(reading_, ReadingFault::outside_reference);
  if (is_linked || !attribute_named(blip, "embed").empty()) note(reading_, ReadingFault::missing_picture);
}

void WordDrawings::take_image(pugi::xml_node image, const std::string& description, WordDrawing& drawing) {
  const bool is_cropped = is_cut(image, {"cropleft", "croptop", "cropright", "cropbottom"});
  auto own = description_in(image);
  const auto id = prefixed_attribute(image, "id");
  if (!id.empty() && take(id, own.empty() ? description : own, is_cropped, drawing)) return;
  const bool is_linked = !prefixed_attribute(image, "href").empty();
  if (is_linked) note(reading_, ReadingFault::outside_reference);
  note(reading_, ReadingFault::missing_picture);
}

// False for what is not there; a picture beyond the package is noted as missing and counts as dealt with.
bool WordDrawings::take(std::string_view id, const std::string& description, bool is_cropped, WordDrawing& drawing) {
  const auto found = relationships_.find(id);
  if (found == relationships_.end()) return false;
  if (found->second.is_outside) {
    note(reading_, ReadingFault::outside_reference);
    note(reading_, ReadingFault::missing_picture);
    return true;
  }
  if (!package_.has(found->second.part)) return false;
  ReadPicture picture;
  picture.part = found->second.part;
  picture.media_type = media_type_of(package_, picture.part);
  picture.description = description;
  picture.is_cropped = is_cropped;
  if (!is_known(picture.media_type)) note(reading_, ReadingFault::unknown_picture);
  drawing.pictures.push_back(std::move(picture));
  return true;
}

}  // namespace wujin::documents
