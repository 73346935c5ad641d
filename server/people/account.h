#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "people/actor.h"

namespace wujin::people {

// One person's account.
struct Account {
  Id<Account> id;
  std::string login;  // as first typed; found by its normal form
  std::string display_name;
  Language language = Language::chinese;
  bool disabled = false;
  std::int64_t version = 1;         // of what people edit: name, disabling, grants
  std::int64_t rights_version = 1;  // of the grants alone
  Instant created_at{};
  std::optional<Instant> last_signed_in_at;
  std::optional<Instant> locked_until;
  std::vector<Grant> grants;
};

// "zh-CN" or "en", as the wire and the tables write it.
std::string_view tag_of(Language language);
std::optional<Language> language_of(std::string_view tag);

// The role as its identifier; nothing for a word that is no role.
std::string_view name_of(Role role);
std::optional<Role> role_of(std::string_view name);

// What a person types to be called by. Errors: validation at `field` for an empty, too long (64 characters) or broken text.
Result<std::string> checked_display_name(std::string_view text, std::string_view field);
// A login is 2 to 64 characters without white space or control characters; any script will do.
Result<std::string> checked_login(std::string_view text, std::string_view field);

}  // namespace wujin::people
