#pragma once

#include <cstddef>
#include <string_view>

namespace wujin {

// How many bytes the well-formed UTF-8 character at the front of `text` has (RFC 3629); 0 when there is none, and for NUL.
// `text` is not empty.
std::size_t character_length(std::string_view text);

}  // namespace wujin
