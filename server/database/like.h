#pragma once

#include <string>
#include <string_view>

namespace wujin {

// What a LIKE … ESCAPE '\' takes to find the words anywhere: nothing a person typed is a wildcard.
std::string like_anywhere(std::string_view words);

}  // namespace wujin
