#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

namespace wujin::files {

// A file descriptor that throws when the disk fails: StorageFull for a full disk, std::system_error otherwise.
class OpenFile {
 public:
  enum class How : std::uint8_t { read, append, create };  // append makes it when missing; create fails when it is there

  OpenFile(const std::filesystem::path& path, How how);
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&&) = delete;

  void write(std::span<const char> bytes);  // all of it
  std::size_t read(std::span<char> into);   // 0 at the end
  void sync();
  void cut(std::uint64_t size);  // gives back what lies beyond
  std::uint64_t size() const;

 private:
  int descriptor_;
};

// Makes names in a folder durable: a file synced in a folder that is not may be gone after a power cut.
void sync_folder(const std::filesystem::path& folder);

}  // namespace wujin::files
