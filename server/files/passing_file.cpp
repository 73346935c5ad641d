#include "files/passing_file.h"

#include <system_error>

namespace wujin::files {

PassingFile::PassingFile(std::filesystem::path path) : path_(std::move(path)), file_(path_, OpenFile::How::create) {}

PassingFile::~PassingFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void PassingFile::append(std::span<const char> bytes) {
  file_.write(bytes);
  size_ += bytes.size();
}

}  // namespace wujin::files
