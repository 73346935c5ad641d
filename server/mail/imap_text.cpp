#include "mail/imap_text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace wujin::mail {
namespace {

constexpr char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

bool is_printable(unsigned char byte) { return byte >= 0x20 && byte <= 0x7e; }

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

// The code point at the start of valid UTF-8, which moves on behind it.
char32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  constexpr std::array<unsigned char, 5> masks{0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t character = first & masks[length];
  for (const char byte : text.substr(1, length - 1)) character = character << 6 | (static_cast<unsigned char>(byte) & 0x3f);
  text.remove_prefix(std::min(length, text.size()));
  return character;
}

void append_utf8(std::string& out, char32_t character) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) return add(character);
  if (character < 0x800) {
    add(0xc0 | character >> 6);
  } else if (character < 0x10000) {
    add(0xe0 | character >> 12);
    add(0x80 | (character >> 6 & 0x3f));
  } else {
    add(0xf0 | character >> 18);
    add(0x80 | (character >> 12 & 0x3f));
    add(0x80 | (character >> 6 & 0x3f));
  }
  add(0x80 | (character & 0x3f));
}

void append_utf16(std::string& out, char32_t character) {
  const auto add = [&](char32_t unit) {
    out += static_cast<char>(unit >> 8);
    out += static_cast<char>(unit & 0xff);
  };
  if (character < 0x10000) return add(character);
  add(0xd800 + ((character - 0x10000) >> 10));
  add(0xdc00 + ((character - 0x10000) & 0x3ff));
}

// One run between & and -: UTF-16 in base64 of other digits and without padding.
std::string to_run(std::string_view utf16) {
  std::string out = "&";
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : utf16) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (held += 8; held >= 6; held -= 6) out += base64_digits[bits >> (held - 6) & 0x3f];
  }
  if (held > 0) out += base64_digits[bits << (6 - held) & 0x3f];
  return out += '-';
}

std::optional<std::string> bytes_of_run(std::string_view digits) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char digit : digits) {
    const auto value = std::string_view(base64_digits).find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xff);
  }
  return out;
}

std::optional<std::string> from_run(std::string_view digits) {
  const auto bytes = bytes_of_run(digits);
  if (!bytes || bytes->empty() || bytes->size() % 2 != 0) return std::nullopt;
  const auto unit_at = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>((*bytes)[at])) << 8 | static_cast<unsigned char>((*bytes)[at + 1]);
  };
  std::string out;
  for (std::size_t at = 0; at < bytes->size(); at += 2) {
    char32_t character = unit_at(at);
    if (character >= 0xd800 && character < 0xdc00 && at + 3 < bytes->size()) {
      const char32_t second = unit_at(at += 2);
      if (second < 0xdc00 || second > 0xdfff) return std::nullopt;
      character = 0x10000 + ((character - 0xd800) << 10) + (second - 0xdc00);
    }
    if (character == 0) return std::nullopt;
    append_utf8(out, character);
  }
  return out;
}

std::optional<std::string> decoded_folder_name(std::string_view encoded) {
  std::string out;
  while (!encoded.empty()) {
    if (encoded.front() != '&') {
      out += encoded.front();
      encoded.remove_prefix(1);
      continue;
    }
    const auto end = encoded.find('-');
    if (end == std::string_view::npos) return std::nullopt;
    const auto run = end == 1 ? std::optional<std::string>("&") : from_run(encoded.substr(1, end - 1));
    if (!run) return std::nullopt;
    out += *run;
    encoded.remove_prefix(end + 1);
  }
  return is_utf8_text(out) ? std::optional(std::move(out)) : std::nullopt;
}

// Takes a number of `least` to `most` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int number = 0;
  std::size_t length = 0;
  while (length < most && length < text.size() && text[length] >= '0' && text[length] <= '9') {
    number = number * 10 + (text[length++] - '0');
  }
  if (length < least) return std::nullopt;
  text.remove_prefix(length);
  return number;
}

bool take_mark(std::string_view& text, char mark) {
  if (text.empty() || text.front() != mark) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<unsigned> take_month(std::string_view& text) {
  constexpr std::array<std::string_view, 12> names{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (!is_same_word(text.substr(0, 3), names[at])) continue;
    text.remove_prefix(3);
    return static_cast<unsigned>(at + 1);
  }
  return std::nullopt;
}

std::optional<std::chrono::year_month_day> take_date(std::string_view& text) {
  take_mark(text, ' ');
  const auto day = take_number(text, 1, 2);
  if (!day || !take_mark(text, '-')) return std::nullopt;
  const auto month = take_month(text);
  if (!month || !take_mark(text, '-')) return std::nullopt;
  const auto year = take_number(text, 4, 4);
  if (!year) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<std::chrono::seconds> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2, 2);
  if (!hour || !take_mark(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2, 2);
  if (!minute || !take_mark(text, ':')) return std::nullopt;
  const auto second = take_number(text, 2, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<std::chrono::minutes> take_zone(std::string_view& text) {
  const bool is_behind = take_mark(text, '-');
  if (!is_behind && !take_mark(text, '+')) return std::nullopt;
  const auto hours = take_number(text, 2, 2), minutes = take_number(text, 2, 2);
  if (!hours || !minutes || *hours > 15 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return is_behind ? -offset : offset;
}

}  // namespace

std::string to_folder_name(std::string_view name) {
  std::string out, run;
  const auto end_run = [&] {
    if (!run.empty()) out += to_run(run);
    run.clear();
  };
  while (!name.empty()) {
    const char32_t character = take_character(name);
    if (character > 0x7e || character < 0x20) {
      append_utf16(run, character);
      continue;
    }
    end_run();
    out += static_cast<char>(character);
    if (character == '&') out += '-';
  }
  end_run();
  return out;
}

std::optional<std::string> from_folder_name(std::string_view encoded) {
  if (auto name = decoded_folder_name(encoded)) return name;
  return is_utf8_text(encoded) ? std::optional<std::string>(encoded) : std::nullopt;
}

bool is_same_word(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) { return lower(a) == lower(b); });
}

bool is_inbox(std::string_view name) { return is_same_word(name, "inbox"); }

std::optional<Instant> parse_internal_date(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take_mark(text, ' ')) return std::nullopt;
  const auto time = take_time(text);
  if (!time || !take_mark(text, ' ')) return std::nullopt;
  const auto zone = take_zone(text);
  if (!zone || !text.empty()) return std::nullopt;
  return Instant(std::chrono::sys_days(*date)) + *time - *zone;
}

std::string message_id_in(std::string_view header) {
  constexpr std::string_view field = "message-id:";
  constexpr std::size_t longest = 998;  // of a line of a header (RFC 5322, 2.1.1)
  if (!is_same_word(header.substr(0, field.size()), field)) return "";
  header.remove_prefix(field.size());
  const auto open = header.find('<'), close = header.find('>', open == std::string_view::npos ? 0 : open);
  if (open != std::string_view::npos && close != std::string_view::npos) header = header.substr(open + 1, close - open - 1);
  std::string id;
  for (const char letter : header.substr(0, longest)) {
    if (letter != '\r' && letter != '\n' && letter != ' ' && letter != '\t') id += letter;
  }
  return is_utf8_text(id) ? id : "";
}

Command& Command::plain(std::string_view text) {
  pieces_.back() += ' ';
  pieces_.back() += text;
  return *this;
}

Command& Command::string(std::string_view bytes) {
  std::string& piece = pieces_.back();
  if (!std::all_of(bytes.begin(), bytes.end(), [](char byte) { return is_printable(static_cast<unsigned char>(byte)); })) {
    piece += fmt::format(" {{{}}}", bytes.size());
    pieces_.emplace_back(bytes);
    return *this;
  }
  piece += " \"";
  for (const char letter : bytes) {
    if (letter == '"' || letter == '\\') piece += '\\';
    piece += letter;
  }
  piece += '"';
  return *this;
}

Command& Command::number(std::uint32_t number) { return plain(std::to_string(number)); }

std::string to_uid_set(const std::vector<std::uint32_t>& uids) {
  std::string out;
  for (std::size_t at = 0; at < uids.size(); ++at) {
    const std::uint32_t first = uids[at];
    while (at + 1 < uids.size() && uids[at + 1] == uids[at] + 1) ++at;
    if (!out.empty()) out += ',';
    out += std::to_string(first);
    if (uids[at] != first) out += fmt::format(":{}", uids[at]);
  }
  return out;
}

}  // namespace wujin::mail
