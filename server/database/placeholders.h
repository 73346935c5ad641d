#pragma once

#include <cstddef>
#include <string>

namespace wujin {

// "$n, $n+1, …" for `count` parameters from the n-th on: what an IN of SQL takes.
std::string placeholders(std::size_t first, std::size_t count);

// In bytes. A longer text names its own list of ids and hardly comes again: it is prepared for one use.
inline constexpr std::size_t longest_cached_statement = 4096;

}  // namespace wujin
