#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "handins/handin.h"

// What timeliness is judged by, place for place, kept in step with every hand-in and exemption: one line of text for a campaign,
// deliverable and period, so that towns stand side by side without their versions being read. Moments are kept, not verdicts: a
// deadline that moves has them judged anew. Pure.
namespace wujin::handins {

// How one place stands to one thing owed.
struct Mark {
  std::optional<Instant> first;  // the first valid hand-in (first_valid)
  bool exempt = false;           // and nothing stands that was handed in all the same
  bool operator==(const Mark&) const = default;
};
Mark mark_of(std::span<const Version> versions, bool has_exemption);

// By place; one that neither handed in nor is exempt has none.
using Marks = std::map<std::string, Mark, std::less<>>;

// As a store keeps them, and read again. Places' ids hold no blanks and no line ends.
std::string written(const Marks& marks);
Marks read_marks(std::string_view text);
// The same without making anything of it, by place.
void each_mark(std::string_view text, const std::function<void(std::string_view place, const Mark&)>& visit);

}  // namespace wujin::handins
