#include "documents/stored_zip.h"

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <zip.h>
#include <zlib.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wujin::documents {
namespace {

namespace fs = std::filesystem;
using Content = StoredZip::Content;

constexpr std::uint64_t gibibyte = 1024ULL * 1024 * 1024;

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

StoredFile file_of(std::string name, std::string_view content) {
  return {std::move(name), content.size(), checksum(content), parse_instant("2023-10-26T23:59:58+08:00").value()};
}

// All of a ZIP from `offset` on, a file's content taken from `contents`.
std::string bytes_from(const StoredZip& zip, std::uint64_t offset, const std::vector<std::string>& contents) {
  std::string out;
  while (offset + out.size() < zip.size()) {
    const auto part = zip.at(offset + out.size());
    if (const auto* bytes = std::get_if<std::string>(&part)) {
      out += *bytes;
    } else {
      const auto& content = std::get<Content>(part);
      out += contents[content.file].substr(content.offset, content.length);
    }
  }
  return out;
}

// Writes only what is the ZIP's own: the files are holes of zeros, which take no room on the disk.
void write_sparse(const fs::path& path, const StoredZip& zip) {
  std::ofstream file(path, std::ios::binary);
  for (std::uint64_t offset = 0; offset < zip.size();) {
    const auto part = zip.at(offset);
    if (const auto* bytes = std::get_if<std::string>(&part)) {
      file.seekp(static_cast<std::streamoff>(offset));
      file.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
      offset += bytes->size();
    } else {
      offset += std::get<Content>(part).length;
    }
  }
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

class StoredZipTest : public testing::Test {
 protected:
  ~StoredZipTest() override {
    close();
    fs::remove(path_);
  }
  void close() {
    if (archive_ != nullptr) zip_discard(archive_);
    archive_ = nullptr;
  }

  // As libzip reads it, which holds every header to the directory.
  zip_t* open(const StoredZip& zip) {
    write_sparse(path_, zip);
    return open();
  }
  zip_t* open(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    return open();
  }
  zip_t* open() {
    int error = 0;
    archive_ = zip_open(path_.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    EXPECT_NE(archive_, nullptr) << "libzip says " << error;
    return archive_;
  }
  zip_stat_t facts_of(zip_uint64_t number) {
    zip_stat_t facts;
    EXPECT_EQ(zip_stat_index(archive_, number, 0, &facts), 0);
    return facts;
  }
  // Reading to the end checks the CRC-32 as well.
  std::string content_of(zip_uint64_t number) {
    zip_file_t* file = zip_fopen_index(archive_, number, 0);
    if (file == nullptr) return "cannot be opened";
    std::string content;
    char piece[4096];
    zip_int64_t got = 0;
    while ((got = zip_fread(file, piece, sizeof piece)) > 0) content.append(piece, static_cast<std::size_t>(got));
    if (got < 0) content = "cannot be read";
    zip_fclose(file);
    return content;
  }
  // The outcome of another reader, then what it says.
  std::string tested_by_python(const std::string& how) {
    FILE* pipe = ::popen(("python3 -m zipfile " + how + " " + path_.string() + " 2>&1").c_str(), "r");
    std::string out;
    char piece[4096];
    while (std::fgets(piece, sizeof piece, pipe) != nullptr) out += piece;
    return std::to_string(::pclose(pipe)) + " " + out;
  }

 private:
  fs::path path_ = fs::path(testing::TempDir()) / ("stored-" + std::to_string(::getpid()) + ".zip");
  zip_t* archive_ = nullptr;
};

const std::vector<std::string> contents = {std::string(70'000, 'a'), "", std::string("\xff\xd8 a picture")};

StoredZip small_zip() {
  return StoredZip({file_of("泸永桥村/2023-10-26 院坝会 1.jpg", contents[0]), file_of("empty", contents[1]),
                    file_of("泸永桥村/2023-10-26 院坝会 2.jpg", contents[2])});
}

TEST_F(StoredZipTest, is_read_by_others_with_names_times_and_contents) {
  const StoredZip zip = small_zip();
  const std::string bytes = bytes_from(zip, 0, contents);
  EXPECT_EQ(bytes.size(), zip.size());
  open(bytes);
  for (std::size_t number = 0; number < contents.size(); ++number) {
    EXPECT_STREQ(facts_of(number).name, zip.files()[number].name.c_str());
    EXPECT_EQ(facts_of(number).comp_method, ZIP_CM_STORE);
    EXPECT_EQ(content_of(number), contents[number]);
  }
  const std::time_t modified = facts_of(0).mtime;  // libzip takes what stands there for local time
  std::tm time{};
  ::localtime_r(&modified, &time);
  EXPECT_EQ(std::make_tuple(time.tm_year, time.tm_mon, time.tm_mday, time.tm_hour, time.tm_min, time.tm_sec),
            std::make_tuple(123, 9, 26, 23, 59, 58));
  EXPECT_EQ(tested_by_python("-t"), "0 Done testing\n");
}

TEST_F(StoredZipTest, is_the_same_from_wherever_one_begins) {
  const StoredZip zip = small_zip();
  const std::string whole = bytes_from(zip, 0, contents);
  for (std::uint64_t offset = 0; offset < whole.size(); offset += offset < 69'000 && offset > 1'000 ? 997 : 1) {
    ASSERT_EQ(bytes_from(zip, offset, contents), whole.substr(offset)) << offset;
  }
  EXPECT_THROW((void)zip.at(zip.size()), std::out_of_range);
}

TEST_F(StoredZipTest, keeps_to_the_old_fields_while_they_hold_what_there_is) {
  const std::string bytes = bytes_from(small_zip(), 0, contents);
  EXPECT_EQ(bytes.find("PK\x06\x06"), std::string::npos);
  EXPECT_EQ(bytes.find("PK\x06\x07"), std::string::npos);
  const StoredZip none({});
  EXPECT_EQ(none.size(), 22U);
  EXPECT_EQ(bytes_from(none, 0, {}), std::string("PK\x05\x06", 4) + std::string(18, '\0'));
}

TEST_F(StoredZipTest, holds_files_and_offsets_past_4_GiB) {
  std::vector<StoredFile> files;
  files.push_back({"before", 1, checksum(std::string_view("\0", 1)), Instant{}});
  files.push_back({"of exactly what says: look elsewhere", 0xffffffff, 0, Instant{}});
  files.push_back({"of five", 5 * gibibyte, 0, Instant{}});
  files.push_back(file_of("behind", std::string(10, '\0')));
  const StoredZip zip(std::move(files));
  EXPECT_GT(zip.size(), 9 * gibibyte);
  open(zip);
  EXPECT_EQ(facts_of(1).size, 0xffffffffU);
  EXPECT_EQ(facts_of(2).size, 5 * gibibyte);
  EXPECT_EQ(content_of(3), std::string(10, '\0'));
}

TEST_F(StoredZipTest, holds_small_files_of_which_the_last_begin_past_4_GiB) {
  std::vector<StoredFile> files;
  for (int number = 0; number < 5; ++number) files.push_back({std::to_string(number), gibibyte, 0, Instant{}});
  files.push_back(file_of("behind", std::string(10, '\0')));
  open(StoredZip(std::move(files)));
  EXPECT_EQ(facts_of(4).size, gibibyte);
  EXPECT_EQ(content_of(5), std::string(10, '\0'));
}

StoredZip zip_of_empty_files(std::size_t count) {
  std::vector<StoredFile> files;
  files.reserve(count);
  for (std::size_t number = 0; number < count; ++number) files.push_back(file_of(std::to_string(number), ""));
  return StoredZip(std::move(files));
}

TEST_F(StoredZipTest, holds_more_than_65535_files) {
  constexpr std::size_t count = 70'000;
  ASSERT_EQ(zip_get_num_entries(open(bytes_from(zip_of_empty_files(count), 0, {})), 0), static_cast<zip_int64_t>(count));
  EXPECT_STREQ(facts_of(count - 1).name, std::to_string(count - 1).c_str());
}

TEST(StoredZip, tells_of_65535_files_in_fields_of_zip64_and_of_one_less_without) {
  constexpr std::uint64_t header_and_entry = 30 + 46 + 2 * 5;
  constexpr std::uint64_t zip64_end_and_locator = 56 + 20;
  const std::uint64_t below = zip_of_empty_files(65'534).size();
  EXPECT_EQ(zip_of_empty_files(65'533).size() + header_and_entry, below);
  EXPECT_EQ(zip_of_empty_files(65'535).size(), below + header_and_entry + zip64_end_and_locator);
}

TEST(StoredZip, keeps_times_its_field_can_hold) {
  const auto time_of = [](const char* instant) {
    const StoredZip zip({{"a", 0, 0, parse_instant(instant).value()}});
    const std::string header = std::get<std::string>(zip.at(0));
    const auto number = [&](std::size_t at) {
      return static_cast<unsigned char>(header[at]) | static_cast<unsigned char>(header[at + 1]) << 8;
    };
    return std::make_pair(number(10), number(12));
  };
  EXPECT_EQ(time_of("2023-10-25T16:00:00Z"), std::make_pair(0, 43 << 9 | 10 << 5 | 26)) << "midnight in China";
  EXPECT_EQ(time_of("1970-01-01T00:00:00+08:00"), std::make_pair(0, 0 << 9 | 1 << 5 | 1));
  EXPECT_EQ(time_of("2200-01-01T00:00:00+08:00"), std::make_pair(0, 127 << 9 | 1 << 5 | 1));
}

TEST(StoredZip, refuses_a_name_no_field_can_hold) {
  EXPECT_THROW(StoredZip({{std::string(65'536, 'a'), 0, 0, Instant{}}}), std::length_error);
}

}  // namespace
}  // namespace wujin::documents
