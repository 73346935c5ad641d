#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

// Files read at any place and written from front to back. Whatever the disk refuses is thrown: StorageFull when it is full.
namespace wujin::mail {

// Where bytes stand in a file; `end` lies behind the last.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t size() const { return end - begin; }
};

class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::uint64_t size() const { return size_; }
  // As many bytes as there are, at most `into.size()`.
  std::size_t read(std::uint64_t offset, std::span<char> into) const;
  // At most `most` bytes of the range.
  std::string read(Range range, std::size_t most) const;

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

// A new file; `path` must not be there yet.
class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);

 private:
  int descriptor_;
};

}  // namespace wujin::mail
