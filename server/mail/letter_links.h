#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wujin::mail {

// Whether the address is that of a file somebody put into a mail provider's or a public store (hosts and paths as of 2024).
bool is_cloud_link(std::string_view url);
// Adds those a text names, each once, fifty at most.
void add_cloud_links(std::string_view text, std::vector<std::string>& links);

}  // namespace wujin::mail
