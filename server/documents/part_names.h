#pragma once

#include <string>
#include <string_view>

// How the parts of a ZIP from a stranger are named.
namespace wujin::documents {

std::string lower_case(std::string_view text);  // of ASCII

// Steps parted by "/", none of them "." or "..", none empty but the last.
bool has_plain_steps(std::string_view name);

}  // namespace wujin::documents
