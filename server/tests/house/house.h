#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// The list of rooms as server/CMakeLists.txt has it, and what their sources really include.
namespace wujin::house {

struct Room {
  std::string name;
  std::set<std::string> uses;
  bool foundation = false;
};

// In the order of the list.
std::vector<Room> read_rooms(std::string_view cmake_list);

// The folders that the quoted includes of one source name: "base/id.h" names base.
std::set<std::string> included_folders(std::string_view source);

struct Source {
  std::string room;
  std::string path;
  std::string text;
};

// One sentence for every breach of the rules of the house (docs/architecture.md):
//   a room includes only itself and what it USES; a USES that nothing includes is stale; a room uses only those before it; a
//   foundation uses no room; every folder with sources is in the list.
std::vector<std::string> breaches(const std::vector<Room>& rooms, const std::vector<Source>& sources);

}  // namespace wujin::house
