#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

// Messages as they travel (RFC 5322). Pure.
namespace wujin::mail {

struct Message {
  std::string from_name;  // any characters
  std::string from;       // an address
  std::string to;
  std::string subject;
  std::string text;  // plain, UTF-8, lines ended by \n
  std::string id;    // the same for every attempt, so that a server can tell a repeat: "…@wujin"
  Instant at;
};

// An address fit for an envelope: one @, no white space, no control characters, nothing that could end a command or a header.
bool is_address(std::string_view address);

// Headers and body with CRLF line ends, seven bits a byte: subject and name as RFC 2047 words never cut within a character, the
// text in base64.
std::string compose(const Message& message);

}  // namespace wujin::mail
