#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "files/open_file.h"

namespace wujin::files {

// A file made for one answer: it is gone when nobody holds it any more.
class PassingFile {
 public:
  explicit PassingFile(std::filesystem::path path);  // there must be none of that name
  ~PassingFile();
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;

  void append(std::span<const char> bytes);
  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }

 private:
  std::filesystem::path path_;
  OpenFile file_;
  std::uint64_t size_ = 0;
};

}  // namespace wujin::files
