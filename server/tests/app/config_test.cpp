#include "app/config.h"

#include <gtest/gtest.h>

namespace wujin::app {
namespace {

Result<> set(Config& config, std::string_view name, std::string_view value) {
  for (const Setting& setting : settings()) {
    if (setting.name == name) return setting.set(config, value);
  }
  return Problem(ProblemCode::not_found);
}

TEST(Config, takes_apart_where_to_listen) {
  Config config;
  ASSERT_TRUE(set(config, "listen", "0.0.0.0:0"));
  EXPECT_EQ(config.host, "0.0.0.0");
  EXPECT_EQ(config.port, 0);
  ASSERT_TRUE(set(config, "listen", "[::1]:8443"));
  EXPECT_EQ(config.host, "::1");
  EXPECT_EQ(config.port, 8443);
}

TEST(Config, refuses_values_that_make_no_sense) {
  const std::pair<const char*, const char*> table[] = {
      {"listen", "8080"}, {"listen", ":8080"},        {"listen", "host:99999"},      {"listen", "host:"},
      {"threads", "0"},   {"threads", "two"},         {"clock", "2023-10-26 09:00"}, {"database", "mysql://x"},
      {"data", ""},       {"listen", "127.0.0.1:-1"}, {"clock", "tomorrow"},
  };
  for (const auto& [name, value] : table) {
    Config config;
    EXPECT_FALSE(set(config, name, value)) << name << "=" << value;
  }
}

TEST(Config, wants_a_data_folder_and_a_key_beside_its_certificate) {
  Config config;
  EXPECT_EQ(check(config).error().faults().front().field, "data");
  config.data = "town";
  EXPECT_TRUE(check(config));
  config.certificate = "town.pem";
  EXPECT_EQ(check(config).error().faults().front().field, "key");
}

}  // namespace
}  // namespace wujin::app
