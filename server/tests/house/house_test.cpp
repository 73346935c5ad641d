#include "house/house.h"

#include <gmock/gmock.h>

#include <fstream>

#include <fmt/format.h>

namespace wujin::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Source> read_sources(const std::filesystem::path& server) {
  std::vector<Source> sources;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server)) {
    const auto path = entry.path().lexically_relative(server);
    const std::string room = *path.begin();
    const bool is_source = path.extension() == ".h" || path.extension() == ".cpp" || path.extension() == ".inc";
    if (is_source && room != "tests") sources.push_back({room, path, read(entry.path())});
    // The migrations of a room become a source that includes database.
    if (path.extension() == ".sql" && room != "tests") sources.push_back({room, path, "#include \"database/migrate.h\"\n"});
  }
  return sources;
}

TEST(House, keeps_every_room_to_the_rooms_it_uses) {
  const std::filesystem::path server = std::filesystem::path(WUJIN_SOURCE_DIR) / "server";
  const auto rooms = read_rooms(read(server / "CMakeLists.txt"));
  const auto sources = read_sources(server);
  ASSERT_GT(rooms.size(), 5u);
  ASSERT_GT(sources.size(), 50u);
  EXPECT_THAT(breaches(rooms, sources), IsEmpty());
}

constexpr std::string_view small_house = R"(
# ── foundations: know nothing ──
wujin_room(base USES LINKS fmt::fmt)
wujin_room(http USES base
  PACKAGES zlib)

# ── the rooms ──
wujin_room(places USES base http)
)";

std::vector<std::string> breaches_with(const std::string& room, const std::string& text, std::string_view list = small_house) {
  std::vector<Source> sources{
      {"http", "http/a.h", "#include \"base/id.h\"\n"},
      {"places", "places/a.h", "#include <vector>\n#include \"base/id.h\"\n  # include \"http/request.h\"\n"}};
  sources.push_back({room, room + "/new.cpp", text});
  return breaches(read_rooms(list), sources);
}

TEST(House, reads_the_list_with_its_sections) {
  const auto rooms = read_rooms(small_house);
  ASSERT_EQ(rooms.size(), 3u);
  EXPECT_THAT(rooms[0].uses, IsEmpty());
  EXPECT_THAT(rooms[1].uses, ElementsAre("base"));
  EXPECT_THAT(rooms[2].uses, ElementsAre("base", "http"));
  EXPECT_TRUE(rooms[1].foundation);
  EXPECT_FALSE(rooms[2].foundation);
}

TEST(House, has_nothing_against_a_room_that_keeps_the_rules) {
  EXPECT_THAT(breaches_with("places", "#include \"places/a.h\"\n#include \"base/id.h\"\n"), IsEmpty());
  EXPECT_THAT(breaches_with("main.cpp", "#include \"places/a.h\"\n#include \"http/a.h\"\n"), IsEmpty());
}

TEST(House, tells_an_include_that_is_not_listed) {
  EXPECT_THAT(breaches_with("http", "#include \"places/a.h\"\n"), ElementsAre(HasSubstr("http/new.cpp includes places")));
  EXPECT_THAT(breaches_with("base", "#include \"http/a.h\"\n"), ElementsAre(HasSubstr("base/new.cpp includes http")));
}

TEST(House, tells_a_folder_that_is_in_no_list) {
  EXPECT_THAT(breaches_with("sites", "#include \"base/id.h\"\n"), ElementsAre(HasSubstr("sites/new.cpp is in no room")));
}

TEST(House, tells_a_listed_use_that_nothing_needs) {
  const std::string list = fmt::format("{}wujin_room(plans USES base places)\n", small_house);
  EXPECT_THAT(breaches_with("plans", "#include \"base/id.h\"\n", list),
              ElementsAre(HasSubstr("plans USES places and includes nothing")));
}

TEST(House, tells_a_circle_and_a_foundation_that_uses_a_room) {
  const std::string circle = "# ── the rooms\nwujin_room(a USES b)\nwujin_room(b USES a)\n";
  EXPECT_THAT(breaches(read_rooms(circle), {{"a", "a/a.h", "#include \"b/b.h\"\n"}, {"b", "b/b.h", "#include \"a/a.h\"\n"}}),
              ElementsAre(HasSubstr("a uses b, which does not stand before it")));
  const std::string upside_down = "# ── foundations\nwujin_room(c USES)\n# ── the rooms\nwujin_room(d USES)\n";
  auto rooms = read_rooms(upside_down);
  std::swap(rooms[0], rooms[1]);
  rooms[1].uses = {"d"};
  EXPECT_THAT(breaches(rooms, {{"c", "c/c.h", "#include \"d/d.h\"\n"}}),
              ElementsAre(HasSubstr("the foundation c uses the room d")));
}

}  // namespace
}  // namespace wujin::house
