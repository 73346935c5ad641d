#include "files/passing_file.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>

#include "files/vault.h"

namespace wujin::files {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(PassingFile, is_there_as_long_as_somebody_holds_it) {
  const fs::path root = fs::path(testing::TempDir()) / "passing";
  const auto vault = open_disk_vault(root);
  std::shared_ptr<PassingFile> file = vault->pass();
  file->append(std::string_view("two "));
  file->append(std::string_view("pieces"));
  const fs::path path = file->path();
  EXPECT_EQ(read(path), "two pieces");
  EXPECT_EQ(file->size(), 10U);
  std::shared_ptr<const void> keeper = std::move(file);
  EXPECT_TRUE(fs::exists(path));
  EXPECT_NE(vault->pass()->path(), path);
  keeper.reset();
  EXPECT_FALSE(fs::exists(path));
  fs::remove_all(root);
}

}  // namespace
}  // namespace wujin::files
