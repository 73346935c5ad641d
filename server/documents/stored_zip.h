#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"

namespace wujin::documents {

// A file that goes into a ZIP as it is: all that must be known before the first byte of the ZIP can be sent.
struct StoredFile {
  std::string name;  // UTF-8, folders parted by /
  std::uint64_t size = 0;
  std::uint32_t crc32 = 0;
  Instant modified;  // kept as China time, to two seconds, between 1980 and 2107
};

// A ZIP of stored files, laid out by arithmetic: where each byte stands follows from the list alone, so any part of it can be
// made without the parts before. What does not fit the old fields of 16 and 32 bits stands in those of ZIP64 (APPNOTE.TXT 6.3.10:
// 4.3.14, 4.3.15, 4.5.3); what fits does not, for programs that know no ZIP64.
class StoredZip {
 public:
  // Throws std::length_error for a name past 65,535 bytes.
  explicit StoredZip(std::vector<StoredFile> files);

  const std::vector<StoredFile>& files() const { return files_; }
  std::uint64_t size() const { return directory_ + directory_size_ + end_.size(); }

  // `length` bytes from `offset` of the file with that number.
  struct Content {
    std::size_t file = 0;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    bool operator==(const Content&) const = default;
  };
  // What begins at `offset`, which lies before the end: bytes of the ZIP's own, or a file from there to its end.
  std::variant<std::string, Content> at(std::uint64_t offset) const;

 private:
  struct Place {
    std::uint64_t header;     // from the beginning of the ZIP
    std::uint64_t directory;  // of its entry, from the beginning of the directory
  };

  std::string directory_from(std::uint64_t offset) const;

  std::vector<StoredFile> files_;
  std::vector<Place> places_;
  std::uint64_t directory_ = 0;
  std::uint64_t directory_size_ = 0;
  std::string end_;
};

}  // namespace wujin::documents
