#include "documents/file_name.h"

#include <algorithm>

#include "base/text.h"

namespace wujin::documents {
namespace {

// How many bytes the first character of well-formed UTF-8 takes.
std::size_t length_of_first(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  const std::size_t length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  return std::min(length, text.size());
}

// Not drawn, yet they turn or hide what stands beside them: U+200B–200F, U+2028–202E, U+2060–206F, U+FEFF.
bool is_unseen(std::string_view character) {
  const auto in = [&](std::string_view low, std::string_view high) { return low <= character && character <= high; };
  return in("\u200B", "\u200F") || in("\u2028", "\u202E") || in("\u2060", "\u206F") || character == "\uFEFF";
}

bool is_forbidden(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  return byte < 0x20 || byte == 0x7f || std::string_view("\\/:*?\"<>|").find(character) != std::string_view::npos;
}

}  // namespace

std::string file_name(std::string_view title, std::string_view extension, std::size_t most_characters) {
  std::string name;
  std::size_t characters = 0;
  for (std::string_view rest = trimmed(title); !rest.empty() && characters < most_characters;) {
    const std::string_view character = rest.substr(0, length_of_first(rest));
    rest.remove_prefix(character.size());
    if (is_forbidden(character) || is_unseen(character)) continue;
    name += character;
    ++characters;
  }
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  while (!name.empty() && (name.front() == '.' || name.front() == ' ')) name.erase(0, 1);
  if (name.empty()) name = "document";
  return name + std::string(extension);
}

}  // namespace wujin::documents
