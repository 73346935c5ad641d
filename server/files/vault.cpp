#include "files/vault.h"

#include "files/open_file.h"

namespace wujin::files {

FileFacts Vault::store(std::string_view bytes) {
  const auto writer = write();
  writer->append(bytes);
  return writer->finish();
}

std::string Vault::read(std::string_view sha256) const {
  OpenFile file(path(sha256), OpenFile::How::read);
  std::string bytes(file.size(), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const std::size_t got = file.read(std::span(bytes).subspan(filled));
    if (got == 0) break;
    filled += got;
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace wujin::files
