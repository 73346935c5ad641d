#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "files/digests.h"
#include "files/open_file.h"

namespace wujin::files {

// A file that comes in pieces, over many requests and restarts. What the disk holds is what has been received: its size is the
// only record of how far it came.
class GrowingFile {
 public:
  // Makes the file when it is missing. `known` saves reading what is there again, if it fits.
  GrowingFile(std::filesystem::path path, const Digests* known = nullptr);

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return digests_.size(); }
  const Digests& digests() const { return digests_; }

  void append(std::span<const char> bytes);
  // Back to an earlier point of the same file, of which `mark` is a copy.
  void go_back(const Digests& mark);

 private:
  std::filesystem::path path_;
  OpenFile file_;
  Digests digests_;
};

}  // namespace wujin::files
