#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace wujin::spreadsheets {

// A file that is written front to back. Throws StorageFull on a full disk, std::system_error when it cannot be written otherwise.
class WrittenFile {
 public:
  explicit WrittenFile(const std::filesystem::path& path);

  void write(std::string_view bytes);
  void close();
  bool is_open() const { return file_ != nullptr; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace wujin::spreadsheets
