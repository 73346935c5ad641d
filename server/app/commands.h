#pragma once

#include <filesystem>

#include "app/config.h"

// What the program does when it is called; each answers the exit code.
namespace wujin::app {

// Runs until SIGINT or SIGTERM. On an empty folder prints a one-time set-up link; no default password exists.
int serve(const Config& config);

// The same with the sample town, made first when the folder is empty; prints one link a role.
int demo(Config config);

// Checks a campaign's folder and keeps it as the next version; prints every fault at once.
int load_campaign(const Config& config, const std::filesystem::path& folder);

// Verifies every chain of the trail from its first link to its head.
int verify_trail(const Config& config);

}  // namespace wujin::app
