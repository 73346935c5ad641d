#pragma once

#include <string>
#include <string_view>

namespace wujin::secrets {

// One form for every way a person types the same login: no white space around it, full-width letters and digits as half-width
// ones, ASCII letters in lower case. `login` is valid UTF-8.
std::string normalised_login(std::string_view login);

}  // namespace wujin::secrets
