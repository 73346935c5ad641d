#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

#include "documents/zip_writer.h"

namespace wujin::documents::testing {

// Bytes as a file that no disk sees.
class HeldFile {
 public:
  explicit HeldFile(std::string_view bytes) : file_(::memfd_create("document", 0)) {
    if (file_ < 0 || ::write(file_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
  }
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;
  ~HeldFile() { ::close(file_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

// The ZIP that `bytes` are after a "Z", or else one whose parts they are, parted by NUL bytes.
inline std::string package_of(std::string_view bytes, std::initializer_list<std::string_view> parts) {
  if (bytes.starts_with('Z')) return std::string(bytes.substr(1));
  std::string package;
  ZipWriter zip([&](std::string_view piece) { package += piece; });
  zip.add_stored("_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"/officeDocument\" Target=\"" +
                                    std::string(*parts.begin()) + "\"/></Relationships>");
  for (const auto part : parts) {
    const auto end = bytes.find('\0');
    zip.add_stored(part, bytes.substr(0, end));
    bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
  }
  zip.add_stored("word/media/image1.png", "x");
  zip.finish();
  return package;
}

}  // namespace wujin::documents::testing
