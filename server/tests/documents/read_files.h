#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/reading.h"
#include "documents/word_files.h"
#include "documents/word_reading.h"

namespace wujin::documents::testing {

// Bytes as a file for as long as this lives.
class FileOf {
 public:
  explicit FileOf(std::string_view bytes) {
    std::string name = (std::filesystem::temp_directory_path() / "wujin-read-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    if (file >= 0) ::close(file);
    path_ = name;
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  FileOf(const FileOf&) = delete;
  FileOf& operator=(const FileOf&) = delete;
  ~FileOf() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string shown(const ReadPicture& picture) {
  return "[" + picture.part.substr(picture.part.rfind('/') + 1) + (picture.is_cropped ? " cropped" : "") +
         (picture.description.empty() ? "" : " " + picture.description) + "]";
}

// Blocks on one line: each paragraph ends with "|"; "<1>" a heading, "^" centred, "*" bold, a number in "‹›", pictures in "[]";
// a table in "{}" with its rows parted by "/" and its cells by "&", a cell's place and spans before it when they are not plain.
inline std::string outline_of(const std::vector<Block>& blocks) {
  std::string out;
  for (const auto& block : blocks) {
    if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
      if (paragraph->outline > 0) out += "<" + std::to_string(paragraph->outline) + ">";
      if (paragraph->is_centred) out += "^";
      if (paragraph->is_bold) out += "*";
      if (!paragraph->numbering.empty()) out += "‹" + paragraph->numbering + "›";
      out += paragraph->text;
      for (const auto& picture : paragraph->pictures) out += shown(picture);
      out += "|";
      continue;
    }
    const auto& table = std::get<ReadTable>(block);
    out += "{";
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (row > 0) out += "/";
      int column = 0;
      for (const auto& cell : table.rows[row]) {
        if (&cell != &table.rows[row].front()) out += "&";
        if (cell.column != column) out += "@" + std::to_string(cell.column) + ":";
        if (cell.columns != 1 || cell.rows != 1) out += std::to_string(cell.columns) + "x" + std::to_string(cell.rows) + ":";
        out += outline_of(cell.blocks);
        column = cell.column + cell.columns;
      }
    }
    out += "}";
  }
  return out;
}

// A Word file of these parts, open for as long as this lives.
struct WordFileOf {
  explicit WordFileOf(const Entries& entries) : WordFileOf(zip_of(entries)) {}
  explicit WordFileOf(std::string_view bytes) : kept(bytes) {
    auto opened = WordFile::open(kept.path());
    if (opened) {
      file.emplace(std::move(*opened));
    } else {
      problem = slug(opened.error().code());
    }
  }

  std::string outline() const { return file ? outline_of(file->reading().blocks) : problem; }
  std::vector<ReadingFault> faults() const { return file ? file->reading().faults : std::vector<ReadingFault>(); }

  FileOf kept;
  std::optional<WordFile> file;
  std::string problem;
};

// The outline, or the name of the problem.
inline std::string read_word(std::string_view bytes) { return WordFileOf(bytes).outline(); }
inline std::string read_entries(const Entries& entries) { return WordFileOf(entries).outline(); }

inline std::string relationship(std::string_view id, std::string_view kind, std::string_view target, std::string_view mode = "") {
  return "<Relationship Id=\"" + std::string(id) +
         "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + std::string(kind) + "\" Target=\"" +
         std::string(target) + "\"" + (mode.empty() ? "" : " TargetMode=\"" + std::string(mode) + "\"") + "/>";
}

inline std::string relationships(std::string_view list) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + std::string(list) +
         "</Relationships>";
}

// A field in runs of its own, its instruction in one.
inline std::string field(std::string_view instruction, std::string_view result) {
  const auto mark = [](std::string_view type) { return "<w:r><w:fldChar w:fldCharType=\"" + std::string(type) + "\"/></w:r>"; };
  std::string out = mark("begin") + "<w:r><w:instrText>" + std::string(instruction) + "</w:instrText></w:r>";
  if (!result.empty()) out += mark("separate") + "<w:r><w:t>" + std::string(result) + "</w:t></w:r>";
  return out + mark("end");
}

}  // namespace wujin::documents::testing
