#include "documents/symbol_fonts.h"

#include <map>
#include <utility>

#include "documents/package_file.h"
#include "documents/part_names.h"

namespace wujin::documents {
namespace {

using Signs = std::map<unsigned, std::string_view>;

const Signs& signs_of(std::string_view font) {
  static const Signs wingdings = {{0x6c, "●"}, {0x6e, "■"}, {0x6f, "□"}, {0x70, "□"}, {0x71, "□"}, {0x72, "□"}, {0x75, "◆"},
                                  {0x76, "❖"}, {0x77, "◆"}, {0x81, "①"}, {0x82, "②"}, {0x83, "③"}, {0x84, "④"}, {0x85, "⑤"},
                                  {0x86, "⑥"}, {0x87, "⑦"}, {0x88, "⑧"}, {0x89, "⑨"}, {0x8a, "⑩"}, {0x8c, "❶"}, {0x8d, "❷"},
                                  {0x8e, "❸"}, {0x8f, "❹"}, {0x90, "❺"}, {0x91, "❻"}, {0x92, "❼"}, {0x93, "❽"}, {0x94, "❾"},
                                  {0x95, "❿"}, {0x9f, "•"}, {0xa7, "▪"}, {0xa8, "□"}, {0xab, "★"}, {0xd8, "➢"}, {0xe0, "→"},
                                  {0xe8, "➔"}, {0xf0, "⇨"}, {0xfb, "✗"}, {0xfc, "✓"}, {0xfd, "☒"}, {0xfe, "☑"}};
  static const Signs wingdings2 = {{0x2a, "□"}, {0x4f, "✗"}, {0x50, "✓"}, {0x51, "☒"}, {0x52, "☑"}, {0x53, "☒"},
                                   {0x54, "☒"}, {0x97, "●"}, {0x98, "●"}, {0xa2, "■"}, {0xa3, "□"}, {0xae, "◆"}};
  static const Signs plain = {{0xb7, "•"}, {0xb4, "×"}, {0xb0, "°"}, {0xb1, "±"}, {0xa3, "≤"}, {0xb3, "≥"},
                              {0xb9, "≠"}, {0xae, "→"}, {0xd7, "⋅"}, {0xde, "⇒"}, {0x2d, "−"}, {0x2b, "+"}};
  const std::string lower = lower_case(font);
  if (lower == "wingdings") return wingdings;
  if (lower == "wingdings 2") return wingdings2;
  return plain;
}

}  // namespace

std::optional<std::string> symbol(std::string_view font, unsigned code) {
  const Signs& signs = signs_of(font);
  const auto found = signs.find(code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code);
  if (found == signs.end()) return std::nullopt;
  return std::string(found->second);
}

}  // namespace wujin::documents
