#pragma once

#include <optional>
#include <string>

#include "activities/activities_actions.h"
#include "activities/activity.h"

namespace wujin::activities {

// How an activity stands in the trail: its content, pictures, who wrote and why, as JSON.
std::string trail_of(const Activity& activity, const std::string& by, const std::optional<std::string>& reason);

// One entry of the trail as a person reads it: which fields changed from what to what.
HistoryEntry history_of(const audit::Entry& entry);

}  // namespace wujin::activities
