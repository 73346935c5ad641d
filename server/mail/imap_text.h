#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

// What IMAP writes in ways of its own (RFC 3501). Pure.
namespace wujin::mail {

// Names of folders travel in a modified UTF-7 (RFC 3501, 5.1.3): "草稿箱" is "&g0l6P3ux-". `name` is valid UTF-8.
std::string to_folder_name(std::string_view name);
// A name that breaks the rules, as servers that send bare UTF-8 do, is taken as it stands; none when it is not text at all.
std::optional<std::string> from_folder_name(std::string_view encoded);
// The name that stands for every account's inbox, in any case of its letters.
bool is_inbox(std::string_view name);
// The same letters, in any case of the ASCII ones.
bool is_same_word(std::string_view one, std::string_view other);

// "17-Jul-1996 02:44:25 -0700", the day of one digit with a space, a nought or nothing before it.
std::optional<Instant> parse_internal_date(std::string_view text);

// The Message-ID in a header that holds no other field, unfolded, without < >; empty when there is none or it is no text.
std::string message_id_in(std::string_view header);

// A command in the pieces in which it is sent: after each but the last the server is waited for, as it must ask for a literal.
class Command {
 public:
  explicit Command(std::string_view text) : pieces_(1, std::string(text)) {}

  Command& plain(std::string_view text);    // the program's own words
  Command& string(std::string_view bytes);  // quoted when it can be, else a literal; holds no NUL
  Command& number(std::uint32_t number);

  const std::vector<std::string>& pieces() const { return pieces_; }

 private:
  std::vector<std::string> pieces_;
};

// Uids as a set in few characters: {1, 2, 3, 7} is "1:3,7". They are in rising order.
std::string to_uid_set(const std::vector<std::uint32_t>& uids);

}  // namespace wujin::mail
