#pragma once

#include <map>
#include <string>
#include <string_view>

#include "documents/zip_reader.h"
#include "documents/zip_writer.h"

namespace wujin::documents::testing {

inline constexpr std::string_view word_namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"";

using Entries = std::map<std::string, std::string>;

// The parts of the smallest Word file whose body is `body`.
inline Entries word_entries(std::string_view body) {
  constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
  const std::string head(declaration);
  return {
      {"[Content_Types].xml",
       head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
              "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
              "<Override PartName=\"/word/document.xml\" "
              "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"},
      {"_rels/.rels",
       head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
              "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
              "Target=\"word/document.xml\"/></Relationships>"},
      {"word/document.xml", head + "<w:document " + std::string(word_namespaces) + "><w:body>" + std::string(body) +
                                "<w:sectPr/></w:body></w:document>"}};
}

inline std::string zip_of(const Entries& entries) {
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) { bytes += piece; });
  for (const auto& [name, content] : entries) zip.add_deflated(name, content);
  zip.finish();
  return bytes;
}

inline std::string word_file(std::string_view body) { return zip_of(word_entries(body)); }

inline std::string paragraph(std::string_view text) { return "<w:p><w:r><w:t>" + std::string(text) + "</w:t></w:r></w:p>"; }
inline std::string cell(std::string_view text) { return "<w:tc>" + paragraph(text) + "</w:tc>"; }

// Replaces the first `from` in one entry.
inline Entries with(Entries entries, const std::string& name, std::string_view from, std::string_view to) {
  std::string& content = entries.at(name);
  content.replace(content.find(from), from.size(), to);
  return entries;
}

// The texts of a part, paragraph by paragraph, each closed with "|"; breaks as "/", tabs as "~".
inline std::string texts(std::string_view xml) {
  std::string out;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const auto tag = xml.substr(at, xml.find('>', at) - at);
    if (tag == "</w:p") out += '|';
    if (tag.starts_with("<w:br")) out += '/';
    if (tag.starts_with("<w:tab/")) out += '~';
    if (tag == "<w:t" || tag.starts_with("<w:t ")) {
      const auto start = xml.find('>', at) + 1;
      out += xml.substr(start, xml.find('<', start) - start);
    }
  }
  return out;
}

}  // namespace wujin::documents::testing
