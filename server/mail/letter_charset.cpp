#include "mail/letter_charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <glib.h>

#include "base/text.h"

namespace wujin::mail {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
// A text this long may have been cut within its last character, by us or by a sender; a shorter one is a name or a word, where
// every byte counts.
constexpr std::size_t may_be_cut_from = 256;
// Fewer well-formed characters of three bytes may be GB18030 by chance.
constexpr std::size_t surely_utf8_from = 4;

// Bytes read as one charset.
struct Attempt {
  std::string text;
  std::size_t replaced = 0;
  std::size_t wide = 0;  // characters of three bytes and more, as Chinese ones are
  bool is_clean() const { return replaced == 0; }
};

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char byte) { return static_cast<std::uint8_t>(byte) < 0x80; });
}

std::size_t count_wide(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char byte) { return static_cast<std::uint8_t>(byte) >= 0xE0; }));
}

Attempt as_utf8(std::string_view bytes) {
  Attempt attempt;
  attempt.text.reserve(bytes.size());
  const bool may_be_cut = bytes.size() >= may_be_cut_from;
  while (!bytes.empty()) {
    const char* bad = nullptr;
    g_utf8_validate_len(bytes.data(), bytes.size(), &bad);
    const auto good = static_cast<std::size_t>(bad - bytes.data());
    attempt.text.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    const bool is_cut_end =
        may_be_cut && bytes.size() <= 3 &&
        g_utf8_get_char_validated(bytes.data(), static_cast<gssize>(bytes.size())) == static_cast<gunichar>(-2);
    if (is_cut_end) break;
    if (bytes.front() != '\0') {
      ++attempt.replaced;
      attempt.text += replacement;
    }
    bytes.remove_prefix(1);
  }
  attempt.wide = count_wide(attempt.text) - attempt.replaced;
  return attempt;
}

class Converter {
 public:
  explicit Converter(const std::string& charset) : handle_(::iconv_open("UTF-8", charset.c_str())) {}
  ~Converter() {
    if (is_open()) ::iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool is_open() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

  Attempt convert(std::string_view bytes) {
    Attempt attempt;
    const bool may_be_cut = bytes.size() >= may_be_cut_from;
    std::array<char, 4096> buffer;
    char* in = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    while (left > 0) {
      char* out = buffer.data();
      std::size_t room = buffer.size();
      const bool is_done = ::iconv(handle_, &in, &left, &out, &room) != static_cast<std::size_t>(-1);
      const int error = is_done ? 0 : errno;
      attempt.text.append(buffer.data(), buffer.size() - room);
      if (is_done || error == E2BIG) continue;
      if (error == EINVAL && may_be_cut) break;
      ++attempt.replaced;
      attempt.text += replacement;
      ++in;
      --left;
    }
    attempt.wide = count_wide(attempt.text) - attempt.replaced;
    return attempt;
  }

 private:
  iconv_t handle_;
};

std::optional<Attempt> as(std::string_view bytes, const std::string& charset) {
  Converter converter(charset);
  if (!converter.is_open()) return std::nullopt;
  return converter.convert(bytes);
}

Attempt as_gb18030(std::string_view bytes) { return as(bytes, "gb18030").value_or(Attempt{{}, bytes.size(), 0}); }

// Well-formed UTF-8 of characters of two bytes alone, each also a Chinese character of GB2312: 一 in GBK is D2 BB, which is
// Cyrillic in UTF-8. Chinese in UTF-8 has three bytes a character.
bool is_rather_gb2312(std::string_view bytes) {
  bool has_any = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<std::uint8_t>(bytes[at]);
    if (lead < 0x80) continue;
    if (lead < 0xB0 || lead > 0xF7 || at + 1 == bytes.size() || static_cast<std::uint8_t>(bytes[at + 1]) < 0xA1) return false;
    has_any = true;
    ++at;
  }
  return has_any;
}

Attempt guess(std::string_view bytes) {
  Attempt utf8 = as_utf8(bytes);
  if (utf8.is_clean() && (utf8.wide > 0 || !is_rather_gb2312(bytes))) return utf8;
  Attempt gb = as_gb18030(bytes);
  if (gb.is_clean() || utf8.wide < 4 * utf8.replaced) return gb;
  return utf8;
}

// As iconv names it; empty when the name tells nothing that can be relied on.
std::string known_charset(std::string_view told) {
  std::string name = lower(trimmed(told));
  std::erase_if(name, [](char c) { return c == '"' || c == '\'' || c == ' '; });
  const bool is_name = name.size() <= 40 && std::ranges::all_of(name, [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
                       });
  if (!is_name || name == "default" || name == "x-unknown" || name == "unknown-8bit" || name == "none") return {};
  static constexpr std::array gb = {"gb2312",      "gbk",      "gb_2312-80", "gb_2312", "gb-2312",  "gb18030",
                                    "gb-18030",    "x-gbk",    "euc-cn",     "cp936",   "ms936",    "936",
                                    "windows-936", "csgb2312", "gb2312-80",  "chinese", "x-gb18030"};
  if (std::ranges::find(gb, name) != gb.end()) return "gb18030";
  if (name == "utf8" || name == "unicode-1-1-utf-8" || name == "x-utf-8" || name == "utf-8") return "utf-8";
  return name;
}

// Programs that know nothing of charsets name these.
bool is_of_the_west(std::string_view charset) {
  return charset == "us-ascii" || charset == "ascii" || charset == "ansi_x3.4-1968" || charset.starts_with("iso-8859-") ||
         charset == "latin1" || charset.starts_with("windows-125") || charset.starts_with("cp125");
}

// Where a byte below 0x80 need not be the ASCII character.
bool is_beyond_ascii(std::string_view charset) {
  return charset.starts_with("utf-7") || charset.starts_with("utf-16") || charset.starts_with("utf-32") ||
         charset.starts_with("ucs") || charset.starts_with("iso-2022") || charset == "unicode";
}

Attempt as_told(std::string_view bytes, const std::string& charset, bool& is_wrong) {
  if (charset == "utf-8") {
    Attempt utf8 = as_utf8(bytes);
    if (utf8.is_clean()) return utf8;
  } else if (charset == "gb18030") {
    Attempt gb = as_gb18030(bytes);
    const Attempt utf8 = as_utf8(bytes);
    if (gb.is_clean() && !(utf8.is_clean() && utf8.wide >= surely_utf8_from)) return gb;
    if (!utf8.is_clean()) {
      is_wrong = true;
      return gb;
    }
  } else if (is_of_the_west(charset)) {
    Attempt guessed = guess(bytes);
    is_wrong = is_wrong || guessed.is_clean();
    if (guessed.is_clean()) return guessed;
    if (auto told = as(bytes, charset); told && told->is_clean()) return std::move(*told);
  } else if (auto told = as(bytes, charset)) {
    if (told->is_clean()) return std::move(*told);
  }
  is_wrong = true;
  return guess(bytes);
}

}  // namespace

std::string lower(std::string_view ascii) {
  std::string out(ascii);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string to_utf8(std::string_view bytes, std::string_view charset, bool& is_wrong) {
  const std::string known = known_charset(charset);
  if (is_ascii(bytes) && !is_beyond_ascii(known)) {
    std::string text(bytes);
    std::erase(text, '\0');
    return text;
  }
  Attempt attempt = known.empty() ? guess(bytes) : as_told(bytes, known, is_wrong);
  if (!attempt.is_clean()) is_wrong = true;
  std::string text = std::move(attempt.text);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  // Some tables of iconv answer NUL or surrogates.
  return is_utf8_text(text) ? text : as_utf8(text).text;
}

std::string to_utf8(std::string_view bytes) {
  bool is_wrong = false;
  return to_utf8(bytes, {}, is_wrong);
}

std::string_view cut(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && (static_cast<std::uint8_t>(utf8[most]) & 0xC0) == 0x80) --most;
  return utf8.substr(0, most);
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    const std::string_view three = text.substr(at, 3);
    // U+200B to U+200F, U+202A to U+202E, U+2066 to U+2069, U+FEFF: names that read otherwise than they are.
    const bool is_mark = (three >= "\xE2\x80\x8B" && three <= "\xE2\x80\x8F") ||
                         (three >= "\xE2\x80\xAA" && three <= "\xE2\x80\xAE") ||
                         (three >= "\xE2\x81\xA6" && three <= "\xE2\x81\xA9") || three == "\xEF\xBB\xBF";
    if (is_mark && three.size() == 3) {
      at += 2;
    } else if (byte < 0x20 || byte == 0x7F) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += text[at];
    }
  }
  return std::string(trimmed(out));
}

}  // namespace wujin::mail
