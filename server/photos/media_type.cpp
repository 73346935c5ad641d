#include "photos/media_type.h"

#include <stdexcept>

#include "base/text.h"
#include "files/digests.h"
#include "images/inspect.h"
#include "photos/mapped_file.h"

namespace wujin::photos {

std::string sniffed_type(const files::Vault& vault, std::string_view sha256) {
  const MappedFile file(vault.path(files::stored_hash(sha256)));
  const auto found = images::inspect(file.bytes());
  return found ? std::string(images::media_type(found->format)) : "application/octet-stream";
}

}  // namespace wujin::photos
