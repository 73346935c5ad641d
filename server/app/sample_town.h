#pragma once

#include <functional>
#include <string_view>

#include <spdlog/logger.h>

#include "app/config.h"
#include "base/result.h"

namespace wujin::app {

// Writes the sample town into an empty data folder through the same actions as real use; one that holds it already is left as it
// is. `tell` is told of each step. Errors: those of loading the campaign.
Result<> make_sample_town(const Config& config, spdlog::logger& log, const std::function<void(std::string_view)>& tell);

}  // namespace wujin::app
