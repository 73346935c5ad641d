#include "handins/typed.h"

#include "base/text.h"

namespace wujin::handins {

std::string typed(const std::string& field, std::string_view text, std::size_t most, std::vector<Fault>& faults) {
  const std::string_view bare = trimmed(text);
  if (count_characters(bare) > most) faults.push_back({field, ProblemCode::too_long, {{"limit", std::to_string(most)}}});
  return std::string(bare);
}

std::optional<std::string> typed_caption(const std::string& field, const std::optional<std::string>& caption,
                                         std::vector<Fault>& faults) {
  constexpr std::size_t longest_caption = 100;
  if (!caption) return std::nullopt;
  return filled_or_none(typed(field, *caption, longest_caption, faults));
}

}  // namespace wujin::handins
