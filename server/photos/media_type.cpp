#include "photos/media_type.h"

#include <stdexcept>

#include "base/text.h"
#include "images/inspect.h"
#include "photos/mapped_file.h"

namespace wujin::photos {

std::string sniffed_type(const files::Vault& vault, std::string_view sha256) {
  std::string binary;
  if (!from_hex(sha256, binary)) throw std::logic_error("a stored hash is not hexadecimal");
  const MappedFile file(vault.path(binary));
  const auto found = images::inspect(file.bytes());
  return found ? std::string(images::media_type(found->format)) : "application/octet-stream";
}

}  // namespace wujin::photos
