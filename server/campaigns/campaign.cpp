#include "campaigns/campaign.h"

#include <algorithm>

namespace wujin::campaigns {

const Deadline* Campaign::deadline_for(Deliverable deliverable, PlaceKind kind) const {
  const auto found = std::ranges::find_if(deadlines, [&](const Deadline& deadline) {
    return deadline.deliverable == deliverable && std::ranges::count(deadline.applies_to, kind) > 0;
  });
  return found == deadlines.end() ? nullptr : &*found;
}

const Choice* find_choice(const std::vector<Choice>& choices, const std::string& id) {
  const auto found = std::ranges::find(choices, id, &Choice::id);
  return found == choices.end() ? nullptr : &*found;
}

}  // namespace wujin::campaigns
