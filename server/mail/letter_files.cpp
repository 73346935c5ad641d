#include "mail/letter_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/storage_full.h"

namespace wujin::mail {
namespace {

[[noreturn]] void fail(const char* what) {
  const int error = errno;
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) throw StorageFull(what);
  throw std::system_error(error, std::generic_category(), what);
}

}  // namespace

InputFile::InputFile(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail("open");
  struct stat found {};
  if (::fstat(descriptor_, &found) != 0) {
    ::close(descriptor_);
    fail("fstat");
  }
  size_ = static_cast<std::uint64_t>(found.st_size);
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(std::uint64_t offset, std::span<char> into) const {
  std::size_t total = 0;
  while (total < into.size()) {
    const ssize_t got = ::pread(descriptor_, into.data() + total, into.size() - total, static_cast<off_t>(offset + total));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read");
    if (got == 0) break;
    total += static_cast<std::size_t>(got);
  }
  return total;
}

std::string InputFile::read(Range range, std::size_t most) const {
  const std::uint64_t end = std::min(range.end, size_);
  if (range.begin >= end) return {};
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(most, end - range.begin)), '\0');
  bytes.resize(read(range.begin, std::span(bytes)));
  return bytes;
}

OutputFile::OutputFile(const std::filesystem::path& path)
    : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
  if (descriptor_ < 0) fail("open");
}

OutputFile::~OutputFile() { ::close(descriptor_); }

void OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace wujin::mail
