#pragma once

#include <functional>
#include <string_view>

#include "activities/activities_store.h"

// How what is asked of the records becomes SQL.
namespace wujin::activities {

// Visits every row a query asks for, in its order, as far as `select` ("SELECT a.id FROM activities a") reads it.
void each_asked(Snapshot& snapshot, std::string_view select, const Query& query, const std::function<void(const Row&)>& visit);

}  // namespace wujin::activities
