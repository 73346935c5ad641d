#include "files/growing_file.h"

#include <vector>

namespace wujin::files {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;

}  // namespace

GrowingFile::GrowingFile(std::filesystem::path path, const Digests* known)
    : path_(std::move(path)), file_(path_, OpenFile::How::append) {
  const std::uint64_t size = file_.size();
  if (known && known->size() == size) {
    digests_ = *known;
    return;
  }
  std::vector<char> piece(static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, size)));
  while (digests_.size() < size) {
    const std::size_t got = file_.read(piece);
    if (got == 0) break;
    digests_.append(std::span(piece).first(got));
  }
}

void GrowingFile::append(std::span<const char> bytes) {
  try {
    file_.write(bytes);
  } catch (...) {
    file_.cut(digests_.size());  // a full disk may have taken a part that we never counted
    throw;
  }
  digests_.append(bytes);
}

void GrowingFile::go_back(const Digests& mark) {
  file_.cut(mark.size());
  digests_ = mark;
}

}  // namespace wujin::files
