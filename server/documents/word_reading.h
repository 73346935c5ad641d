#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "documents/reading.h"

// Word files as Word, WPS and other programs write them (.docx, .docm), read with a stranger's input in mind.
namespace wujin::documents {

struct WordReadingLimits {
  std::size_t file = 64u << 20;  // bytes of the file
  std::size_t entries = 2000;
  std::size_t xml = 24u << 20;      // bytes of one part of text, unpacked
  std::size_t picture = 50u << 20;  // bytes of one picture, unpacked
  std::size_t ratio = 300;          // unpacked to packed of a part of text past a megabyte
  std::size_t paragraphs = 50'000;
  std::size_t cells = 50'000;
  int depth = 200;  // of elements
};

class WordFile {
 public:
  // Errors: document_not_word, document_damaged, document_locked (encrypted), document_bomb (beyond the limits).
  static Result<WordFile> open(const std::filesystem::path& file, const WordReadingLimits& limits = {});
  WordFile(WordFile&&) noexcept;
  WordFile& operator=(WordFile&&) noexcept;
  ~WordFile();

  const Reading& reading() const;
  // The bytes of a picture of the reading. Errors: not_found, document_bomb, document_damaged.
  Result<std::string> picture(std::string_view part) const;

 private:
  struct Parts;
  explicit WordFile(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace wujin::documents
