#include "secrets/field_key.h"

#include <gtest/gtest.h>

#include <fstream>

#include <stdlib.h>
#include <sys/stat.h>

namespace wujin::secrets {
namespace {

class FieldKeyTest : public testing::Test {
 protected:
  FieldKeyTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wujin-key-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~FieldKeyTest() override { std::filesystem::remove_all(folder_); }

  FieldKey key() { return FieldKey::of_file(file(), randomness_); }
  std::filesystem::path file() const { return folder_ / "fields.key"; }

  SystemRandomness randomness_;
  std::filesystem::path folder_;
};

TEST_F(FieldKeyTest, opens_what_it_sealed_also_after_a_restart) {
  const auto sealed = key().seal("口令 p", "mailbox/town", randomness_);
  EXPECT_EQ(sealed.find("口令"), std::string::npos);
  EXPECT_EQ(key().open(sealed, "mailbox/town"), "口令 p");
  EXPECT_EQ(key().open(key().seal("", "mailbox/town", randomness_), "mailbox/town"), "");
}

TEST_F(FieldKeyTest, seals_the_same_field_differently_every_time) {
  EXPECT_NE(key().seal("p", "c", randomness_), key().seal("p", "c", randomness_));
}

TEST_F(FieldKeyTest, opens_nothing_of_another_context_or_key_or_changed) {
  const auto sealed = key().seal("p", "mailbox/one", randomness_);
  EXPECT_FALSE(key().open(sealed, "mailbox/other"));
  for (const char* wrong : {"", "????", "AAAA"}) EXPECT_FALSE(key().open(wrong, "mailbox/one"));
  auto changed = sealed;
  changed[40] = changed[40] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(key().open(changed, "mailbox/one"));
  std::filesystem::remove(file());
  EXPECT_FALSE(key().open(sealed, "mailbox/one"));
}

TEST_F(FieldKeyTest, keeps_its_file_to_its_owner) {
  key();
  struct stat seen {};
  ASSERT_EQ(stat(file().c_str(), &seen), 0);
  EXPECT_EQ(seen.st_mode & 0777, 0600u);
}

TEST_F(FieldKeyTest, refuses_a_file_that_is_no_key) {
  std::ofstream(file()) << "short";
  EXPECT_THROW(key(), std::runtime_error);
}

}  // namespace
}  // namespace wujin::secrets
