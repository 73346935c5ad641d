#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

// Messages as they travel (RFC 5322). Pure.
namespace wujin::mail {

// Who wrote a message, so that answering machines know what to leave alone (RFC 3834).
enum class Writer : std::uint8_t {
  machine,        // of itself: auto-generated
  machine_reply,  // in answer to a message: auto-replied
  person
};

struct Message {
  std::string from_name;  // any characters
  std::string from;       // an address
  std::string to;
  std::string subject;
  std::string text;  // plain, UTF-8, lines ended by \n
  std::string id;    // the same for every attempt, so that a server can tell a repeat: "…@wujin"
  Instant at;
  Writer writer = Writer::machine;
  std::string in_reply_to{};  // the id of the message it answers, as a stranger gave it; left out when it is none
};

// An address fit for an envelope: one @, no white space, no control characters, nothing that could end a command or a header.
bool is_address(std::string_view address);

// Headers and body with CRLF line ends, seven bits a byte: subject and name as RFC 2047 words never cut within a character, the
// text in base64.
std::string compose(const Message& message);

}  // namespace wujin::mail
