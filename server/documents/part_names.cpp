#include "documents/part_names.h"

#include <algorithm>
#include <cctype>

namespace wujin::documents {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return lower;
}

bool has_plain_steps(std::string_view name) {
  for (std::size_t start = 0; start <= name.size();) {
    const auto end = std::min(name.find('/', start), name.size());
    const auto step = name.substr(start, end - start);
    if (step == ".." || step == "." || (step.empty() && end != name.size())) return false;
    start = end + 1;
  }
  return true;
}

}  // namespace wujin::documents
