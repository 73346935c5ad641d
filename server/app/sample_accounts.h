#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "app/application.h"

namespace wujin::app {

// One way into the sample town, as DIR/demo-accounts.json lists them.
struct SampleAccount {
  std::string role;
  std::string place;  // its id
  std::string login;
  std::string password;
  std::string link;  // signs in with a click; may be used again and again
};
BOOST_DESCRIBE_STRUCT(SampleAccount, (), (role, place, login, password, link))

// Writes DIR/demo-accounts.json anew, its links leading to `address`.
std::vector<SampleAccount> write_sample_accounts(House& house, const std::filesystem::path& data, const std::string& address);

}  // namespace wujin::app
