#include "files/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/storage_full.h"

namespace wujin::files {
namespace {

[[noreturn]] void fail(const char* what) {
  const int error = errno;
  // EFBIG is how a process that may write no more (RLIMIT_FSIZE) learns of it.
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) throw StorageFull(what);
  throw std::system_error(error, std::generic_category(), what);
}

int flags_of(OpenFile::How how) {
  switch (how) {
    case OpenFile::How::read:
      return O_RDONLY;
    case OpenFile::How::append:
      return O_RDWR | O_APPEND | O_CREAT;
    case OpenFile::How::create:
      return O_WRONLY | O_CREAT | O_EXCL;
  }
  return O_RDONLY;
}

}  // namespace

OpenFile::OpenFile(const std::filesystem::path& path, How how)
    : descriptor_(::open(path.c_str(), flags_of(how) | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
  if (descriptor_ < 0) fail("open");
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OpenFile::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

std::size_t OpenFile::read(std::span<char> into) {
  while (true) {
    const ssize_t got = ::read(descriptor_, into.data(), into.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail("read");
  }
}

void OpenFile::sync() {
  if (::fsync(descriptor_) != 0) fail("fsync");
}

void OpenFile::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail("ftruncate");
}

std::uint64_t OpenFile::size() const {
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0) fail("fstat");
  return static_cast<std::uint64_t>(facts.st_size);
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("open a folder");
  const int outcome = ::fsync(descriptor);
  ::close(descriptor);
  if (outcome != 0) fail("fsync a folder");
}

}  // namespace wujin::files
