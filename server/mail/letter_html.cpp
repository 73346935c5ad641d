#include "mail/letter_html.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text.h"
#include "mail/letter_charset.h"

namespace wujin::mail {
namespace {

constexpr std::size_t most_links = 1000;
constexpr std::size_t most_pictures = 1000;

struct Entity {
  std::string_view name;
  char32_t character;
};
constexpr std::array entities = {
    Entity{"nbsp", U' '},   Entity{"amp", U'&'},    Entity{"lt", U'<'},        Entity{"gt", U'>'},     Entity{"quot", U'"'},
    Entity{"apos", U'\''},  Entity{"ensp", U' '},   Entity{"emsp", U'\u3000'}, Entity{"thinsp", U' '}, Entity{"middot", U'·'},
    Entity{"hellip", U'…'}, Entity{"mdash", U'—'},  Entity{"ndash", U'–'},     Entity{"ldquo", U'“'},  Entity{"rdquo", U'”'},
    Entity{"lsquo", U'‘'},  Entity{"rsquo", U'’'},  Entity{"times", U'×'},     Entity{"divide", U'÷'}, Entity{"deg", U'°'},
    Entity{"bull", U'•'},   Entity{"copy", U'©'},   Entity{"reg", U'®'},       Entity{"yen", U'¥'},    Entity{"sup2", U'²'},
    Entity{"plusmn", U'±'}, Entity{"permil", U'‰'}, Entity{"rarr", U'→'},      Entity{"larr", U'←'},   Entity{"sect", U'§'},
    Entity{"laquo", U'«'},  Entity{"raquo", U'»'},  Entity{"prime", U'′'},     Entity{"tilde", U'˜'},  Entity{"frac12", U'½'},
};

void append(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::optional<char32_t> numbered(std::string_view digits) {
  const bool is_hex = digits.starts_with('x') || digits.starts_with('X');
  if (is_hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 7) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : 99;
    if (digit >= (is_hex ? 16 : 10)) return std::nullopt;
    value = value * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  constexpr char32_t mark = 0xFFFC;
  const bool is_character = value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) && value != mark;
  if (value == 0xA0) return U' ';
  return is_character ? std::optional(value) : std::optional(U' ');
}

// `text` begins with &; its bytes that were read are answered, 0 when it is no character.
std::size_t decode_entity(std::string_view text, std::string& out) {
  const auto end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name.front() == '#') {
    const auto character = numbered(name.substr(1));
    if (!character) return 0;
    append(out, *character);
    return end + 1;
  }
  const auto found = std::ranges::find(entities, name, &Entity::name);
  if (found == entities.end()) return 0;
  append(out, found->character);
  return end + 1;
}

std::string decoded_value(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t read = value[at] == '&' ? decode_entity(value.substr(at), out) : 0;
    if (read == 0) out += value[at];
    at += std::max<std::size_t>(read, 1);
  }
  return out;
}

// display: none, however it is spaced.
bool hides(std::string_view style) {
  std::string tight;
  for (const char c : style.substr(0, 2000)) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') tight += c;
  }
  return lower(tight).find("display:none") != std::string::npos;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::array blocks = {"address", "article", "aside",    "blockquote", "body",  "caption", "center", "dd",    "div",
                               "dl",      "dt",      "fieldset", "footer",     "form",  "h1",      "h2",     "h3",    "h4",
                               "h5",      "h6",      "header",   "hr",         "li",    "main",    "ol",     "p",     "pre",
                               "section", "table",   "tbody",    "tfoot",      "thead", "tr",      "ul",     "option"};
// Elements whose content is no text.
constexpr std::array silent = {"script", "style", "title", "template", "noscript", "iframe",
                               "object", "svg",   "math",  "xml",      "select"};

// Elements that hold nothing.
constexpr std::array empty_ones = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"};

class Walk {
 public:
  explicit Walk(std::string_view html) : rest_(html) { reading_.text.reserve(html.size() / 2); }

  HtmlReading take() {
    while (!rest_.empty()) step();
    end_line();
    while (reading_.text.ends_with('\n')) reading_.text.pop_back();
    return std::move(reading_);
  }

 private:
  void step() {
    const char c = rest_.front();
    const char next = rest_.size() > 1 ? rest_[1] : '\0';
    if (c == '<' && (is_letter(next) || next == '/')) {
      tag();
    } else if (c == '<' && rest_.starts_with("<!--")) {
      skip_behind("-->");
    } else if (c == '<' && (next == '!' || next == '?')) {
      skip_behind(">");
    } else if (c == '&') {
      std::string character;
      const std::size_t read = decode_entity(rest_, character);
      if (read == 0) character = '&';
      text(character);
      rest_.remove_prefix(std::max<std::size_t>(read, 1));
    } else {
      const auto end = std::min(rest_.find_first_of("<&", 1), rest_.size());
      text(rest_.substr(0, end));
      rest_.remove_prefix(end);
    }
  }

  void skip_behind(std::string_view mark) {
    const auto found = rest_.find(mark);
    rest_.remove_prefix(found == std::string_view::npos ? rest_.size() : found + mark.size());
  }

  void skip_space() {
    while (!rest_.empty() && (is_space(rest_.front()) || rest_.front() == '/')) rest_.remove_prefix(1);
  }

  void tag() {
    const bool is_end = rest_[1] == '/';
    rest_.remove_prefix(is_end ? 2 : 1);
    const auto name_end = std::min(rest_.find_first_of(" \t\r\n\f/>"), rest_.size());
    const std::string name = lower(rest_.substr(0, std::min<std::size_t>(name_end, 20)));
    rest_.remove_prefix(name_end);
    is_hidden_ = false;
    while (skip_space(), !rest_.empty() && rest_.front() != '>') attribute(is_end ? std::string_view() : std::string_view(name));
    if (!rest_.empty()) rest_.remove_prefix(1);
    const bool may_hold = std::ranges::find(empty_ones, name) == empty_ones.end();
    if (is_hidden_ && !is_end && may_hold) return skip_hidden(name);
    place(name, is_end);
  }

  // Up to the end of an element nobody sees, those of the same name within it counted.
  void skip_hidden(const std::string& name) {
    for (int open = 1; open > 0 && !rest_.empty();) {
      const auto next = rest_.find('<');
      rest_.remove_prefix(next == std::string_view::npos ? rest_.size() : next + 1);
      const bool is_end = rest_.starts_with('/');
      const std::string_view tag = rest_.substr(is_end ? 1 : 0, name.size() + 1);
      const bool is_same = tag.size() > name.size() && lower(tag.substr(0, name.size())) == name && !is_letter(tag.back());
      if (is_same) open += is_end ? -1 : 1;
    }
    skip_behind(">");
  }

  void attribute(std::string_view element) {
    const auto name_end = std::max<std::size_t>(1, std::min(rest_.find_first_of(" \t\r\n\f/>=", 1), rest_.size()));
    const std::string name = lower(rest_.substr(0, std::min<std::size_t>(name_end, 20)));
    rest_.remove_prefix(name_end);
    std::string_view after = rest_;
    while (!after.empty() && is_space(after.front())) after.remove_prefix(1);
    if (!after.starts_with('=')) return;
    rest_ = after.substr(1);
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    const std::string_view value = attribute_value();
    if (name == "style") is_hidden_ = is_hidden_ || hides(value);
    if (element == "a" && name == "href" && reading_.links.size() < most_links) reading_.links.push_back(decoded_value(value));
    const bool is_picture = name == "src" || name == "background" || name == "data";
    if (!is_picture || lower(value.substr(0, 4)) != "cid:" || reading_.pictures.size() == most_pictures) return;
    text(picture_mark);
    reading_.pictures.push_back(decoded_value(value.substr(4)));
  }

  std::string_view attribute_value() {
    const bool is_quoted = rest_.starts_with('"') || rest_.starts_with('\'');
    const auto end = is_quoted ? rest_.find(rest_.front(), 1) : rest_.find_first_of(" \t\r\n\f>");
    const std::string_view value =
        rest_.substr(is_quoted ? 1 : 0, end == std::string_view::npos ? end : end - (is_quoted ? 1 : 0));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + (is_quoted ? 1 : 0));
    return value;
  }

  // What a tag means for the text.
  void place(const std::string& name, bool is_end) {
    if (!is_end && std::ranges::find(silent, name) != silent.end()) {
      skip_element(name);
    } else if (name == "br") {
      reading_.text += '\n';
      is_space_due_ = false;
    } else if (name == "td" || name == "th") {
      is_cell_due_ = is_cell_due_ || is_end;
    } else if (std::ranges::find(blocks, name) != blocks.end()) {
      end_line();
      is_pre_ = name == "pre" ? !is_end : is_pre_;
    }
  }

  void skip_element(const std::string& name) {
    while (!rest_.empty()) {
      skip_behind("</");
      if (lower(rest_.substr(0, name.size())) == name) break;
    }
    skip_behind(">");
  }

  void end_line() {
    is_space_due_ = is_cell_due_ = false;
    if (!reading_.text.empty() && !reading_.text.ends_with('\n')) reading_.text += '\n';
  }

  bool is_at_line_begin() const {
    return reading_.text.empty() || reading_.text.ends_with('\n') || reading_.text.ends_with('\t');
  }

  void text(std::string_view piece) {
    for (const char c : piece) {
      if (is_pre_ && c == '\n') {
        reading_.text += '\n';
      } else if (is_space(c)) {
        is_space_due_ = true;
      } else {
        if (is_cell_due_ && !is_at_line_begin()) reading_.text += '\t';
        if (is_space_due_ && !is_at_line_begin()) reading_.text += ' ';
        is_cell_due_ = is_space_due_ = false;
        reading_.text += c;
      }
    }
  }

  std::string_view rest_;
  HtmlReading reading_;
  bool is_space_due_ = false;
  bool is_cell_due_ = false;
  bool is_pre_ = false;
  bool is_hidden_ = false;  // the tag that is read
};

}  // namespace

HtmlReading read_html(std::string_view utf8) { return Walk(utf8).take(); }

}  // namespace wujin::mail
