#pragma once

#include <zip.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "base/result.h"
#include "documents/xml_scan.h"

namespace wujin::documents {

struct PackageLimits {
  std::size_t file = 64u << 20;  // bytes of the ZIP
  std::size_t entries = 2000;
  std::size_t text = 24u << 20;     // bytes of one part of text, unpacked
  std::size_t picture = 50u << 20;  // bytes of one other part, unpacked
  std::size_t ratio = 300;          // unpacked to packed of a part of text past a megabyte
  XmlLimits xml = {};
};

struct Relationship {
  std::string kind;         // the last step of its type: image, styles, officeDocument …
  std::string part;         // its target within the package; empty when it lies outside
  bool is_outside = false;  // an address, a file of the writer's machine, a path above the root
};
using Relationships = std::map<std::string, Relationship, std::less<>>;  // by id
// The first part of that kind, an empty name when there is none.
std::string part_of_kind(const Relationships& relationships, std::string_view kind);

// An Office file of a stranger (ECMA-376 part 2: a ZIP of parts that point at each other), kept open and read part by part: never
// more than one part is unpacked at a time, and nothing a part points at is followed unless asked for.
class PackageFile {
 public:
  // Errors: `other` for what is no such file at all, document_damaged (a ZIP cut off, an entry named twice, absolutely or with
  // ".."), document_locked, document_bomb.
  static Result<PackageFile> open(const std::filesystem::path& file, const PackageLimits& limits, ProblemCode other);

  // Names are compared without case, as the standard has it.
  bool has(std::string_view part) const;
  bool has_macros() const;
  // Errors of all that reads: not_found, document_damaged, document_bomb, document_locked.
  Result<std::string> text(std::string_view part) const;
  Result<std::string> picture(std::string_view part) const;
  Result<> parse(pugi::xml_document& document, std::string_view part) const;

  // What the part points at; nothing when it has no list. The package's own list is that of "".
  Result<Relationships> relationships(std::string_view part) const;
  // As the package declares it, in lower case; empty when it does not.
  std::string content_type(std::string_view part) const;
  const PackageLimits& limits() const { return limits_; }

 private:
  struct Close {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };

  PackageFile(zip_t* archive, const PackageLimits& limits) : archive_(archive), limits_(limits) {}
  Result<> list_entries();
  void list_types();
  Result<std::string> unpack(std::string_view part, std::size_t limit, bool is_text) const;

  std::unique_ptr<zip_t, Close> archive_;
  PackageLimits limits_;
  std::map<std::string, zip_uint64_t, std::less<>> entries_;  // by name in lower case
  std::map<std::string, std::string, std::less<>> types_;     // by "/part" or by ".extension", in lower case
};

}  // namespace wujin::documents
