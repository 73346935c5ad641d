#include "spreadsheets/written_file.h"

#include <cerrno>
#include <system_error>

#include "base/storage_full.h"

namespace wujin::spreadsheets {
namespace {

[[noreturn]] void fail() {
  if (errno == ENOSPC) throw StorageFull("the table does not fit on the disk");
  throw std::system_error(errno, std::generic_category(), "cannot write the table");
}

}  // namespace

WrittenFile::WrittenFile(const std::filesystem::path& path) : file_(std::fopen(path.c_str(), "wb")) {
  if (!file_) fail();
}

void WrittenFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) fail();
}

void WrittenFile::close() {
  if (std::fclose(file_.release()) != 0) fail();
}

}  // namespace wujin::spreadsheets
