#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "documents/zip_reader.h"

namespace wujin::documents {

// What a document tells of itself. No program is named anywhere.
struct DocumentProperties {
  std::string title;
  std::string author;
};

inline constexpr std::string_view content_types_name = "[Content_Types].xml";
inline constexpr std::string_view core_properties_name = "docProps/core.xml";

// The parts of a Word file that passed the door: no macro, control, embedded object, outside reference, field that fetches,
// DOCTYPE or element deeper than any form needs. Comments, thumbnail and the author's properties are taken out, room for pictures
// is made.
struct WordPackage {
  ZipEntries entries;
  std::vector<std::string> fillable;  // the parts that may hold tags: document first, then headers, footers and notes by name
  int first_free_picture = 1;         // pictures are numbered from here, so that none meets one of the template's own
};

// Errors: every template_* problem of the catalogue.
Result<WordPackage> open_word_package(std::string_view bytes);

// word/document.xml → word/_rels/document.xml.rels
std::string relationships_name(std::string_view part);
std::string core_properties(const DocumentProperties& properties);

}  // namespace wujin::documents
