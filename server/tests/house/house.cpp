#include "house/house.h"

#include <regex>

#include <fmt/format.h>

namespace wujin::house {
namespace {

// The one source outside every room.
constexpr std::string_view front_door = "main.cpp";

std::vector<std::string> words_of(const std::string& text) {
  static const std::regex word(R"([^\s()]+)");
  std::vector<std::string> words;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), word); match != std::sregex_iterator(); ++match)
    words.push_back(match->str());
  return words;
}

}  // namespace

std::vector<Room> read_rooms(std::string_view cmake_list) {
  const std::string text(cmake_list);
  const auto rooms_begin = text.find("# ── the rooms");
  static const std::regex call(R"((?:^|\n)\s*wujin_room\(([^)]*)\))");
  std::vector<Room> rooms;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), call); match != std::sregex_iterator(); ++match) {
    const auto words = words_of((*match)[1].str());
    Room room{words.at(0), {}, static_cast<std::size_t>(match->position(1)) < rooms_begin};
    bool reading = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i] == "USES" || words[i] == "LINKS" || words[i] == "PACKAGES" || words[i] == "OPENS") {
        reading = words[i] == "USES";
      } else if (reading) {
        room.uses.insert(words[i]);
      }
    }
    rooms.push_back(std::move(room));
  }
  return rooms;
}

std::set<std::string> included_folders(std::string_view source) {
  static const std::regex include(R"((?:^|\n)[ \t]*#[ \t]*include[ \t]*"([^"/]+)/)");
  const std::string text(source);
  std::set<std::string> folders;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), include); match != std::sregex_iterator(); ++match)
    folders.insert((*match)[1].str());
  return folders;
}

std::vector<std::string> breaches(const std::vector<Room>& rooms, const std::vector<Source>& sources) {
  std::vector<std::string> found;
  std::map<std::string, const Room*> listed;
  for (const Room& room : rooms) {
    for (const std::string& used : room.uses) {
      const auto before = listed.find(used);
      if (before == listed.end()) {
        found.push_back(fmt::format("{} uses {}, which does not stand before it in the list", room.name, used));
      } else if (room.foundation && !before->second->foundation) {
        found.push_back(fmt::format("the foundation {} uses the room {}", room.name, used));
      }
    }
    if (!listed.emplace(room.name, &room).second) found.push_back(fmt::format("{} is listed twice", room.name));
  }
  std::map<std::string, std::set<std::string>> really_used;
  for (const Source& source : sources) {
    if (source.room == front_door) continue;
    const auto room = listed.find(source.room);
    if (room == listed.end()) {
      found.push_back(fmt::format("{} is in no room of the list", source.path));
      continue;
    }
    for (const std::string& folder : included_folders(source.text)) {
      if (folder == source.room) continue;
      really_used[source.room].insert(folder);
      if (!room->second->uses.contains(folder))
        found.push_back(fmt::format("{} includes {}, which {} does not USE", source.path, folder, source.room));
    }
  }
  for (const Room& room : rooms) {
    for (const std::string& used : room.uses) {
      if (!really_used[room.name].contains(used))
        found.push_back(fmt::format("{} USES {} and includes nothing of it", room.name, used));
    }
  }
  return found;
}

}  // namespace wujin::house
