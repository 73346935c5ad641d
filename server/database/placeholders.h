#pragma once

#include <cstddef>
#include <string>

namespace wujin {

// "$n, $n+1, …" for `count` parameters from the n-th on: what an IN of SQL takes.
std::string placeholders(std::size_t first, std::size_t count);

}  // namespace wujin
