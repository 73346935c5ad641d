#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);  // fuzz/letter.cpp, which aborts on a breach

namespace wujin::mail {
namespace {

TEST(LetterCorpus, keeps_every_promise) {
  int replayed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(WUJIN_SOURCE_DIR "/server/tests/mail/fuzz/letter")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0) << entry.path();
    ++replayed;
  }
  EXPECT_GE(replayed, 15);
}

}  // namespace
}  // namespace wujin::mail
