#include "ledgers/photo_archive.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/randomness.h"
#include "base/text.h"

namespace wujin::ledgers {
namespace {

using testing::ElementsAre;

class PhotoArchiveTest : public testing::Test {
 protected:
  PhotoArchiveTest() : vault(files::open_disk_vault(root)) {}
  ~PhotoArchiveTest() override { std::filesystem::remove_all(root); }

  ShownPhoto photo(std::string title, const std::string& content = "a", std::string media_type = "image/jpeg") {
    const files::FileFacts facts = vault->store(content);
    ShownPhoto shown;
    shown.activity = Id<activities::Activity>::random(randomness);
    shown.place_name = "泸永桥村";
    shown.place_order = 1;
    shown.title = std::move(title);
    shown.held_at = parse_instant("2023-10-25T23:30:00+08:00").value();
    shown.original = {Id<photos::Photo>::random(randomness), to_hex(facts.sha256), facts.crc32, facts.size,
                      std::move(media_type)};
    return shown;
  }
  static std::vector<std::string> names_of(std::vector<ShownPhoto> shown) {
    put_in_order(shown);
    std::vector<std::string> names;
    for (const auto& file : stored_files(shown)) names.push_back(file.name);
    return names;
  }
  static std::string read(const http::Pieces& pieces, std::uint64_t offset = 0) {
    std::string out;
    while (offset + out.size() < pieces.size()) {
      const auto piece = pieces.at(offset + out.size());
      if (const auto* bytes = std::get_if<std::string>(&piece)) {
        out += *bytes;
        continue;
      }
      const auto& part = std::get<http::FilePart>(piece);
      std::ifstream file(part.path, std::ios::binary);
      file.seekg(static_cast<std::streamoff>(part.offset));
      std::string content(part.length, '\0');
      file.read(content.data(), static_cast<std::streamsize>(content.size()));
      out += content;
    }
    return out;
  }

  const std::filesystem::path root = std::filesystem::path(testing::TempDir()) / "photo-archive";
  SystemRandomness randomness;
  std::unique_ptr<files::Vault> vault;
};

TEST_F(PhotoArchiveTest, names_tell_place_date_and_subject_place_by_place_and_day_by_day) {
  auto first = photo("院坝会"), second = first, later = photo("入户宣传", "b", "image/heic"), elsewhere = photo("培训");
  second.position = 1;
  later.held_at += std::chrono::hours(1);
  elsewhere.place_order = 0;
  elsewhere.place_name = "示例社区";
  EXPECT_THAT(names_of({later, second, first, elsewhere}),
              ElementsAre("示例社区/2023-10-25 示例社区 培训 1.jpg", "泸永桥村/2023-10-25 泸永桥村 院坝会 1.jpg",
                          "泸永桥村/2023-10-25 泸永桥村 院坝会 2.jpg", "泸永桥村/2023-10-26 泸永桥村 入户宣传 1.heic"));
}

TEST_F(PhotoArchiveTest, names_hold_nothing_a_system_refuses_and_none_stands_twice) {
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "消";
  const auto names = names_of({photo("../../etc/passwd"), photo("a:b?"), photo("A b"), photo("a b"), photo("///"), photo(longest),
                               photo(longest + "防"), photo("电瓶车", "c", "application/octet-stream")});
  std::vector<std::string> folded = names;
  for (std::string& name : folded) {
    EXPECT_EQ(std::ranges::count(name, '/'), 1) << name;
    EXPECT_EQ(name.find_first_of("\\:*?\"<>|"), std::string::npos) << name;
    EXPECT_EQ(name.find(".."), std::string::npos) << name;
    EXPECT_LE(name.substr(name.find('/')).size(), 255u);
    std::ranges::transform(name, name.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  }
  std::ranges::sort(folded);
  EXPECT_EQ(std::ranges::adjacent_find(folded), folded.end()) << testing::PrintToString(names);
}

TEST_F(PhotoArchiveTest, is_made_of_what_the_vault_keeps_from_any_byte) {
  const std::vector<ShownPhoto> shown = {photo("甲", std::string(5000, 'x')), photo("乙", "second picture")};
  const PhotoArchive archive(shown, *vault);
  const std::string whole = read(archive);
  EXPECT_EQ(whole.size(), archive.size());
  EXPECT_NE(whole.find(std::string(5000, 'x')), std::string::npos);
  EXPECT_NE(whole.find("second picture"), std::string::npos);
  for (const std::uint64_t offset : {1U, 100U, 3000U, 5100U}) EXPECT_EQ(read(archive, offset), whole.substr(offset));
}

TEST_F(PhotoArchiveTest, has_an_etag_of_everything_its_bytes_follow_from) {
  const auto one = photo("甲");
  const auto etag = [&](const ShownPhoto& shown) { return PhotoArchive(std::vector{shown}, *vault).etag(); };
  EXPECT_EQ(etag(one), etag(one));
  std::vector<ShownPhoto> others(5, one);
  others[0].title = "乙";
  others[1].held_at += std::chrono::hours(1);
  others[2].place_name = "示例社区";
  others[3].original.sha256 = to_hex(vault->store("b").sha256);
  others[4].original.media_type = "image/png";
  for (const ShownPhoto& other : others) EXPECT_NE(etag(one), etag(other));
  EXPECT_NE(etag(one), PhotoArchive(std::vector{one, one}, *vault).etag());
}

}  // namespace
}  // namespace wujin::ledgers
