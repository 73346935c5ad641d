#include "documents/package_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "base/text.h"
#include "documents/part_names.h"
#include "documents/word_package.h"

namespace wujin::documents {
namespace {

constexpr std::size_t small_text = 1u << 20;  // below it the ratio of packing says nothing

// The first bytes of the binary formats before 2007, and of an encrypted file of today.
constexpr std::string_view compound_file = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

// An encrypted Office file is a compound file that holds a stream of this name ([MS-OFFCRYPTO] 1.3.2), written in UTF-16.
std::string encrypted_stream() {
  std::string wide;
  for (const char letter : std::string_view("EncryptedPackage")) {
    wide += letter;
    wide += '\0';
  }
  return wide;
}

bool holds(std::ifstream& file, std::string_view sought) {
  std::string window;
  std::array<char, 64 * 1024> piece;
  while (file.read(piece.data(), piece.size()), file.gcount() > 0) {
    window.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (window.find(sought) != std::string::npos) return true;
    if (window.size() > sought.size()) window.erase(0, window.size() - sought.size());
  }
  return false;
}

// Judged by its first bytes: what is no ZIP gets its name here.
Result<> judge_beginning(const std::filesystem::path& path, ProblemCode other) {
  std::ifstream file(path, std::ios::binary);
  std::string head(compound_file.size(), '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  if (head == compound_file) return Problem(holds(file, encrypted_stream()) ? ProblemCode::document_locked : other);
  if (!head.starts_with("PK")) return Problem(other);
  return {};
}

bool is_safe_path(std::string_view name) {
  if (name.empty() || name.size() > 500 || name.find(':') != std::string_view::npos || !is_utf8_text(name)) return false;
  return has_plain_steps(name);
}

bool is_encrypted(const zip_stat_t& entry) {
  return (entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && entry.encryption_method != ZIP_EM_NONE;
}

// How many entries the ends of the directory tell of, the largest number believed. A ZIP is judged by it before its directory is
// read, each entry of which takes some hundred bytes of memory; what none tells is counted afterwards.
std::uint64_t told_entries(const std::filesystem::path& path) {
  constexpr std::streamoff farthest = 65'535 + 22 + 20 + 56;  // a comment, the end, the locator and the end of ZIP64
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto length = std::min<std::streamoff>(file.tellg(), farthest);
  std::string tail(static_cast<std::size_t>(std::max<std::streamoff>(length, 0)), '\0');
  file.seekg(-length, std::ios::end);
  file.read(tail.data(), length);
  const auto number = [&](std::size_t at, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(at + i < tail.size() ? tail[at + i] : 0);
    return value;
  };
  std::uint64_t most = 0;
  const auto look = [&](std::string_view mark, std::size_t offset, std::size_t bytes) {
    for (auto at = tail.find(mark); at != std::string::npos; at = tail.find(mark, at + 1)) {
      most = std::max(most, number(at + offset, bytes));
    }
  };
  look("PK\x05\x06", 10, 2);
  look("PK\x06\x06", 32, 8);
  return most;
}

std::string folder_of(std::string_view part) {
  const auto slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(part.substr(0, slash + 1));
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string byte;
    if (text[at] == '%' && at + 2 < text.size() && from_hex(text.substr(at + 1, 2), byte)) {
      out += byte;
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

// Where a target leads, seen from a folder of the package; empty when it leads out of the package.
std::string resolved(std::string_view folder, std::string target) {
  std::replace(target.begin(), target.end(), '\\', '/');
  if (target.find(':') != std::string::npos || target.starts_with("//")) return {};
  std::string path = target.starts_with('/') ? target.substr(1) : std::string(folder) + target;
  std::string out;
  for (std::size_t start = 0; start <= path.size();) {
    const auto end = std::min(path.find('/', start), path.size());
    const auto step = std::string_view(path).substr(start, end - start);
    start = end + 1;
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      if (out.empty()) return {};
      out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
      continue;
    }
    if (!out.empty()) out += '/';
    out += step;
  }
  return out;
}

}  // namespace

Result<PackageFile> PackageFile::open(const std::filesystem::path& file, const PackageLimits& limits, ProblemCode other) {
  std::error_code unreadable;
  const auto size = std::filesystem::file_size(file, unreadable);
  if (unreadable) return Problem(other);
  if (size > limits.file) return Problem(ProblemCode::document_bomb);
  if (auto judged = judge_beginning(file, other); !judged) return judged.error();
  if (told_entries(file) > limits.entries) return Problem(ProblemCode::document_bomb);
  int fault = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY, &fault);
  if (archive == nullptr) return Problem(ProblemCode::document_damaged);
  PackageFile package(archive, limits);
  if (auto listed = package.list_entries(); !listed) return listed.error();
  package.list_types();
  return package;
}

Result<> PackageFile::list_entries() {
  const auto count = static_cast<std::size_t>(std::max<zip_int64_t>(zip_get_num_entries(archive_.get(), 0), 0));
  if (count > limits_.entries) return Problem(ProblemCode::document_bomb);
  for (zip_uint64_t index = 0; index < count; ++index) {
    const char* told = zip_get_name(archive_.get(), index, 0);
    zip_stat_t entry;
    if (told == nullptr || zip_stat_index(archive_.get(), index, 0, &entry) != 0) return Problem(ProblemCode::document_damaged);
    if (is_encrypted(entry)) return Problem(ProblemCode::document_locked);
    std::string name = lower_case(told);
    std::replace(name.begin(), name.end(), '\\', '/');  // as some writers part folders
    if (!is_safe_path(name)) return Problem(ProblemCode::document_damaged);
    if (name.back() == '/') continue;
    if (!entries_.emplace(std::move(name), index).second) return Problem(ProblemCode::document_damaged);
  }
  return {};
}

void PackageFile::list_types() {
  pugi::xml_document document;
  if (!has(content_types_name) || !parse(document, content_types_name)) return;
  for (const auto entry : document.document_element().children()) {
    const auto name = local_name(entry) == "Override" ? lower_case(attribute_named(entry, "PartName"))
                                                      : "." + lower_case(attribute_named(entry, "Extension"));
    types_.emplace(name, lower_case(attribute_named(entry, "ContentType")));
  }
}

bool PackageFile::has(std::string_view part) const { return entries_.contains(lower_case(part)); }

bool PackageFile::has_macros() const {
  const auto names_macros = [](const std::string& text) {
    return text.find("vbaproject") != std::string::npos || text.find("macroenabled") != std::string::npos;
  };
  return std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) { return names_macros(entry.first); }) ||
         std::any_of(types_.begin(), types_.end(), [&](const auto& type) { return names_macros(type.second); });
}

Result<std::string> PackageFile::text(std::string_view part) const { return unpack(part, limits_.text, true); }

Result<std::string> PackageFile::picture(std::string_view part) const { return unpack(part, limits_.picture, false); }

Result<> PackageFile::parse(pugi::xml_document& document, std::string_view part) const {
  const auto xml = text(part);
  if (!xml) return xml.error();
  return parse_xml(document, *xml, limits_.xml);
}

// Judged by what the directory tells before a byte is unpacked; unpacks one byte more than told at most, which is a lie.
Result<std::string> PackageFile::unpack(std::string_view part, std::size_t limit, bool is_text) const {
  const auto found = entries_.find(lower_case(part));
  if (found == entries_.end()) return Problem(ProblemCode::not_found);
  zip_stat_t told;
  if (zip_stat_index(archive_.get(), found->second, 0, &told) != 0) return Problem(ProblemCode::document_damaged);
  if (told.size > limit) return Problem(ProblemCode::document_bomb);
  if (is_text && told.size > small_text && told.size / limits_.ratio > told.comp_size) {
    return Problem(ProblemCode::document_bomb);
  }
  struct CloseEntry {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };
  const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen_index(archive_.get(), found->second, 0));
  if (!file) return Problem(ProblemCode::document_damaged);
  std::string bytes(static_cast<std::size_t>(told.size) + 1, '\0');
  std::size_t length = 0;
  while (length < bytes.size()) {
    const auto got = zip_fread(file.get(), bytes.data() + length, bytes.size() - length);
    if (got < 0) return Problem(ProblemCode::document_damaged);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length != told.size) return Problem(ProblemCode::document_damaged);
  bytes.resize(length);
  return bytes;
}

Result<Relationships> PackageFile::relationships(std::string_view part) const {
  const std::string name = relationships_name(part);
  pugi::xml_document document;
  Relationships list;
  if (!has(name)) return list;
  if (auto parsed = parse(document, name); !parsed) return parsed.error();
  const std::string folder = folder_of(part);
  for (const auto entry : document.document_element().children()) {
    if (local_name(entry) != "Relationship") continue;
    const auto type = attribute_named(entry, "Type");
    const std::string target(attribute_named(entry, "Target"));
    Relationship relationship;
    relationship.kind = type.substr(type.rfind('/') + 1);
    if (attribute_named(entry, "TargetMode") != "External") relationship.part = resolved(folder, target);
    if (!relationship.part.empty() && !has(relationship.part)) {
      if (auto decoded = resolved(folder, percent_decoded(target)); has(decoded)) relationship.part = std::move(decoded);
    }
    relationship.is_outside = relationship.part.empty();
    list.emplace(attribute_named(entry, "Id"), std::move(relationship));
  }
  return list;
}

std::string part_of_kind(const Relationships& relationships, std::string_view kind) {
  for (const auto& [id, relationship] : relationships) {
    if (relationship.kind == kind && !relationship.is_outside) return relationship.part;
  }
  return {};
}

std::string PackageFile::content_type(std::string_view part) const {
  const std::string name = "/" + lower_case(part);
  if (const auto found = types_.find(name); found != types_.end()) return found->second;
  const auto dot = name.rfind('.');
  const auto found = dot == std::string::npos ? types_.end() : types_.find(std::string_view(name).substr(dot));
  return found == types_.end() ? std::string() : found->second;
}

}  // namespace wujin::documents
