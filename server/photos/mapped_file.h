#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace wujin::photos {

// A file as bytes in memory, read by the kernel as they are touched. Throws std::system_error when it cannot be opened.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(start_), size_}; }

 private:
  void* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace wujin::photos
