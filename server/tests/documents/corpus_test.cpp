#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

// fuzz/word.cpp and fuzz/excel.cpp, which abort on a breach
extern "C" int fuzz_word(const std::uint8_t* data, std::size_t size);
extern "C" int fuzz_excel(const std::uint8_t* data, std::size_t size);

namespace wujin::documents {
namespace {

int replayed(const std::string& corpus, int (*target)(const std::uint8_t*, std::size_t)) {
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(WUJIN_SOURCE_DIR "/server/tests/documents/fuzz/corpus/" + corpus)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    EXPECT_EQ(target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0) << entry.path();
    ++count;
  }
  return count;
}

TEST(WordCorpus, keeps_every_promise) { EXPECT_GE(replayed("word", fuzz_word), 16); }

TEST(ExcelCorpus, keeps_every_promise) { EXPECT_GE(replayed("excel", fuzz_excel), 9); }

}  // namespace
}  // namespace wujin::documents
