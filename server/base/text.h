#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wujin {

// True for well-formed UTF-8 without NUL; overlong forms and surrogates are refused.
bool is_utf8_text(std::string_view bytes);
// Code points, what a person counts as characters; `text` is valid UTF-8.
std::size_t count_characters(std::string_view text);
// Without white space at both ends, the full-width space U+3000 included.
std::string_view trimmed(std::string_view text);
// An empty text as none.
std::optional<std::string> filled_or_none(std::string text);
// What stands before the next `mark`, or all of it; `text` goes on behind the mark.
std::string_view take_until(std::string_view& text, char mark);
std::string replaced(std::string_view text, std::string_view from, std::string_view to);

// RFC 4648. Decoding refuses wrong characters and wrong padding.
std::string to_hex(std::string_view bytes);
bool from_hex(std::string_view text, std::string& bytes);
std::string to_base64(std::string_view bytes);
bool from_base64(std::string_view text, std::string& bytes);
std::string to_base64_url(std::string_view bytes);  // no padding
// Percent-encoding of everything but RFC 3986 unreserved characters.
std::string percent_encoded(std::string_view text);

}  // namespace wujin
