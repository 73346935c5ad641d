#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "mail/letter.h"

namespace wujin::mail {

// A folder of its own for each test, and letters that are read in it.
class Letters : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() / ("wujin_letters_" + std::to_string(::getpid()) + "_" + test->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path fresh(std::string_view name) {
    auto path = folder_ / (std::to_string(++made_) + "_" + std::string(name));
    std::filesystem::create_directories(path);
    return path;
  }

  std::filesystem::path file(std::string_view bytes) {
    auto path = fresh("file") / "bytes";
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path;
  }

  // Of bytes.
  Letter read(std::string_view bytes, const LetterLimits& limits = {}) {
    return read_letter(file(bytes), fresh("attachments"), limits);
  }

  // Of a file beside the tests.
  Letter read_sample(const std::string& name) {
    return read_letter(std::filesystem::path(WUJIN_SOURCE_DIR "/server/tests/mail/letters") / name, fresh("attachments"));
  }

  static std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

 private:
  std::filesystem::path folder_;
  int made_ = 0;
};

inline std::vector<std::string> names_of(const std::vector<Attachment>& attachments) {
  std::vector<std::string> names;
  names.reserve(attachments.size());
  for (const Attachment& attachment : attachments) names.push_back(attachment.name);
  return names;
}

}  // namespace wujin::mail
