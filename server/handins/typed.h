#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

// What people type into the draft of a document that is handed in. Lengths are counted in characters.
namespace wujin::handins {

inline constexpr std::size_t longest_text = 5000;         // of one paragraph
inline constexpr std::size_t longest_explanation = 1000;  // why it comes late, why nothing was held

// The text without white space at both ends; one that is too long leaves a fault at `field`.
std::string typed(const std::string& field, std::string_view text, std::size_t most, std::vector<Fault>& faults);
// The words under a picture; empty ones are none.
std::optional<std::string> typed_caption(const std::string& field, const std::optional<std::string>& caption,
                                         std::vector<Fault>& faults);

}  // namespace wujin::handins
