#pragma once

#include <string>
#include <string_view>

// Bytes of people's mail as UTF-8. What programs say of the charset is heard and checked: GB2312 and GBK are read as GB18030,
// which contains them; bytes that are none of the charset told are read as UTF-8 when they are that, else as GB18030.
namespace wujin::mail {

// Well-formed UTF-8 without NUL; `charset` is empty when none was told. `is_wrong` is set when the charset told was not the
// bytes' own, or some bytes had to be replaced by U+FFFD; it is never reset.
std::string to_utf8(std::string_view bytes, std::string_view charset, bool& is_wrong);
// Of bytes whose charset nobody told.
std::string to_utf8(std::string_view bytes);

// On one line, without control characters and marks of direction, trimmed; `text` is UTF-8.
std::string one_line(std::string_view text);
// At most so many bytes, never cut within a character.
std::string_view cut(std::string_view utf8, std::size_t most);
std::string lower(std::string_view ascii);

}  // namespace wujin::mail
