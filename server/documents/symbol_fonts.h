#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wujin::documents {

// What a sign of a symbol font (Symbol, Wingdings …) looks like, in Unicode: boxes, ticks, bullets, arrows. `code` is the font's
// own, 0x20–0xFF, or the same from U+F000 on; none for signs that have no name here.
std::optional<std::string> symbol(std::string_view font, unsigned code);

}  // namespace wujin::documents
