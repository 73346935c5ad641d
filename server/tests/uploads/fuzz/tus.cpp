// Any bytes as the headers of tus: what is accepted must be text, once each, and of bounded size.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "base/text.h"
#include "uploads/tus.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wujin::uploads;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto metadata = parse_metadata(bytes)) {
    std::set<std::string> keys;
    for (const auto& [key, value] : *metadata) {
      if (!keys.insert(key).second || !wujin::is_utf8_text(value) || value.size() > 1024) std::abort();
    }
  }
  if (auto checksum = Checksum::parse(bytes)) {
    checksum->append(bytes);
    static_cast<void>(checksum->matches());
  }
  const auto parsed = parse_size("Upload-Length", bytes);
  if (parsed && bytes.find_first_not_of("0123456789") != std::string_view::npos) std::abort();
  return 0;
}
