#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "load/work.h"
#include "town.h"

namespace wujin::bench {

// What every work asks as: tokens of sessions opened once, before anything is counted.
struct Asker {
  Endpoint endpoint;
  Town town;
  std::filesystem::path folder;
};

// Opens a session and answers its token. Throws when refused.
std::string sign_in(const Endpoint& endpoint, const Account& account, std::string_view device);

// By name: activities, with-pictures, list, list-all, list-place, list-month, picture, rendition, report, likeness, changes.
// Nothing for another name.
std::unique_ptr<Work> make_work(const std::string& name, const Asker& asker, unsigned clients);

// GETs of these paths, one after the other, as the folder's "station" or "district".
std::unique_ptr<Work> make_ask(const Asker& asker, const std::vector<std::string>& paths, std::string_view who);

// GET of one path, for any HTTP server.
std::unique_ptr<Work> make_get(const Endpoint& endpoint, const std::string& path, const std::string& token);

}  // namespace wujin::bench
