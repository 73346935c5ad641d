#include "documents/file_name.h"

#include "base/text.h"

namespace wujin::documents {
namespace {

constexpr std::size_t most_characters = 120;

}  // namespace

std::string file_name(std::string_view title, std::string_view extension) {
  std::string name;
  std::size_t characters = 0;
  for (const char letter : trimmed(title)) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x20 || byte == 0x7f || std::string_view("\\/:*?\"<>|").find(letter) != std::string_view::npos) continue;
    if ((byte & 0xc0u) != 0x80u && ++characters > most_characters) break;
    name += letter;
  }
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  while (!name.empty() && (name.front() == '.' || name.front() == ' ')) name.erase(0, 1);
  if (name.empty()) name = "document";
  return name + std::string(extension);
}

}  // namespace wujin::documents
