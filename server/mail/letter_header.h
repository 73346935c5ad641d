#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmime/gmime-encodings.h>

#include "base/clock.h"
#include "mail/letter.h"

// The header of a message or of a part of one, as programs of many years write it.
namespace wujin::mail {

struct Field {
  std::string name;   // lower case
  std::string value;  // as it came, on one line
};
using Fields = std::vector<Field>;

// The first of that name; empty when there is none.
std::string_view value_of(const Fields& fields, std::string_view name);

// What a part says of its body.
struct Content {
  std::string media_type = "text/plain";  // lower case
  std::string charset;
  std::string boundary;
  std::string name;  // clean_name
  std::string content_id;
  GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  bool is_attachment = false;
  bool is_inline = false;

  bool is_multipart() const { return media_type.starts_with("multipart/"); }
  bool is_message() const { return media_type == "message/rfc822" || media_type == "message/global"; }
  bool is_encoded() const {
    return encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
           encoding == GMIME_CONTENT_ENCODING_UUENCODE;
  }
};

// `type_when_none` is what a part without a Content-Type is.
Content content_of(const Fields& fields, std::string_view type_when_none, std::vector<Fault>& faults);

std::string header_text(std::string_view value, std::vector<Fault>& faults);  // RFC 2047, on one line
Mailbox header_mailbox(std::string_view value, std::vector<Fault>& faults);   // the first of them
std::optional<Instant> header_date(std::string_view value);
std::string header_id(std::string_view value);  // of Message-ID and Content-ID, without < >

// The last part of a path by / or \, without control characters, at most 255 bytes, its extension kept. Empty for . and ..
std::string clean_name(std::string_view name);
std::string extension_of(std::string_view name);  // lower case, with its dot; empty when there is none

// Whether a machine wrote it, or sent it to a list (RFC 3834, 2; RFC 2076 for the older fields). `from` is its sender's address.
bool is_automatic(const Fields& fields, std::string_view from);
// What the topmost receiving server left of its examination (RFC 8601, RFC 7208), at most 2 KiB: to be shown, not relied on.
std::string authentication_of(const Fields& fields);

}  // namespace wujin::mail
