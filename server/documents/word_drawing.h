#pragma once

#include <string>
#include <vector>

#include <pugixml.hpp>

#include "documents/package_file.h"
#include "documents/reading.h"

namespace wujin::documents {

// What hangs on a run: its pictures, and its text boxes (w:txbxContent), in the order they are drawn.
struct WordDrawing {
  std::vector<ReadPicture> pictures;
  std::vector<pugi::xml_node> text_boxes;
};

// Of alternatives (mc:AlternateContent) the one to be read: the first choice with anything in it that a reader sees, else the
// fallback, which says the same for older programs. Never both.
pugi::xml_node chosen(pugi::xml_node alternatives);

// Reads w:drawing (inline, anchored, grouped, on a canvas) and w:pict (VML). Notes what is missing, lies outside or cannot be
// shown.
class WordDrawings {
 public:
  WordDrawings(const PackageFile& package, const Relationships& relationships, Reading& reading)
      : package_(package), relationships_(relationships), reading_(reading) {}

  void read(pugi::xml_node node, WordDrawing& drawing) { look(node, {}, drawing); }

 private:
  void look(pugi::xml_node node, std::string description, WordDrawing& drawing);
  void look_into(pugi::xml_node node, const std::string& description, WordDrawing& drawing);
  void take_blip(pugi::xml_node blip, const std::string& description, WordDrawing& drawing);
  void take_image(pugi::xml_node image, const std::string& description, WordDrawing& drawing);
  bool take(std::string_view id, const std::string& description, bool is_cropped, WordDrawing& drawing);

  const PackageFile& package_;
  const Relationships& relationships_;
  Reading& reading_;
};

}  // namespace wujin::documents
