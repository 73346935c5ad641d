#include "mail/imap_response.h"

#include <algorithm>

#include "base/number.h"

namespace wujin::mail {
namespace {

constexpr int deepest_list = 20;

char upper(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

std::string in_capitals(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}

bool is_in_capitals(std::string_view text, std::string_view capitals) {
  return std::equal(text.begin(), text.end(), capitals.begin(), capitals.end(), [](char a, char b) { return upper(a) == b; });
}

class Parser {
 public:
  explicit Parser(const RawResponse& raw) : raw_(raw), text_(raw.text) {}

  std::string_view word() {
    const auto end = std::min(text_.find(' ', at_), text_.size());
    const auto taken = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    return taken;
  }

  std::string_view rest() const { return text_.substr(at_); }

  // All values up to the end, or to the bracket that closes a list.
  bool values(std::vector<Value>& into, int depth = 0) {
    if (depth > deepest_list) return false;
    while (true) {
      skip_spaces();
      if (!is_literal() && at_ == text_.size()) return depth == 0 && literal_ == raw_.literals.size();
      if (!is_literal() && text_[at_] == ')') {
        ++at_;
        return depth > 0;
      }
      if (!value(into.emplace_back(), depth)) return false;
    }
  }

 private:
  bool is_literal() const { return literal_ < raw_.literals.size() && raw_.literals[literal_].at == at_; }

  void skip_spaces() {
    while (!is_literal() && at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool value(Value& into, int depth) {
    if (is_literal()) {
      const Literal& literal = raw_.literals[literal_++];
      into.kind = Value::Kind::string;
      into.text = literal.bytes;
      into.is_kept = literal.bytes.size() == literal.size;
      return true;
    }
    if (text_[at_] == '(') {
      ++at_;
      into.kind = Value::Kind::list;
      return values(into.list, depth + 1);
    }
    return text_[at_] == '"' ? quoted(into) : atom(into);
  }

  bool quoted(Value& into) {
    into.kind = Value::Kind::string;
    for (++at_; at_ < text_.size() && !is_literal(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return true;
      }
      if (text_[at_] == '\\' && ++at_ == text_.size()) return false;
      into.text += text_[at_];
    }
    return false;
  }

  // The name of a body's part holds spaces and brackets: BODY[HEADER.FIELDS (MESSAGE-ID)].
  bool atom(Value& into) {
    const auto start = at_;
    bool is_within = false;
    for (; at_ < text_.size() && !is_literal(); ++at_) {
      const char letter = text_[at_];
      if (letter == '[' && is_in_capitals(text_.substr(start, at_ - start), "BODY")) is_within = true;
      if (letter == ']') is_within = false;
      if (!is_within && (letter == ' ' || letter == '(' || letter == ')' || letter == '"')) break;
    }
    if (at_ == start || is_within) return false;
    into.text = text_.substr(start, at_ - start);
    into.kind = is_in_capitals(into.text, "NIL") ? Value::Kind::nil : Value::Kind::atom;
    return true;
  }

  const RawResponse& raw_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t literal_ = 0;
};

bool is_status(std::string_view name) {
  return name == "OK" || name == "NO" || name == "BAD" || name == "BYE" || name == "PREAUTH";
}

void read_code(std::string_view rest, Response& response) {
  if (rest.empty() || rest.front() != '[') return;
  const auto close = rest.find(']');
  if (close == std::string_view::npos) return;
  rest = rest.substr(1, close - 1);
  const auto space = std::min(rest.find(' '), rest.size());
  response.code = in_capitals(rest.substr(0, space));
  response.argument = rest.substr(std::min(space + 1, rest.size()));
}

// The name and all behind it.
bool read_named(std::string_view name, Parser& parser, Response& response) {
  response.name = in_capitals(name);
  if (response.name.empty()) return false;
  if (is_status(response.name)) {
    read_code(parser.rest(), response);
    return true;
  }
  return response.kind == Response::Kind::untagged && parser.values(response.values);
}

template <class Fits>
const Value* find_item(const Response& fetch, Fits fits) {
  if (fetch.name != "FETCH" || fetch.values.size() != 1) return nullptr;
  const auto& items = fetch.values.front().list;
  for (std::size_t at = 0; at + 1 < items.size(); at += 2) {
    if (items[at].kind == Value::Kind::atom && fits(items[at].text)) return &items[at + 1];
  }
  return nullptr;
}

}  // namespace

bool may_hold_literals(std::string_view first_line) {
  if (first_line.substr(0, 2) != "* ") return false;
  first_line.remove_prefix(2);
  return !is_status(in_capitals(first_line.substr(0, first_line.find(' '))));
}

std::optional<std::uint64_t> take_announced_literal(std::string& line) {
  if (line.empty() || line.back() != '}') return std::nullopt;
  const auto open = line.rfind('{');
  if (open == std::string::npos) return std::nullopt;
  std::string_view digits = std::string_view(line).substr(open + 1, line.size() - open - 2);
  if (!digits.empty() && digits.back() == '+') digits.remove_suffix(1);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; })) {
    return std::nullopt;
  }
  const auto size = to_size(digits).value_or(too_many);
  line.resize(open);
  return size;
}

std::optional<Response> parse_response(const RawResponse& raw) {
  Parser parser(raw);
  Response response;
  const auto first = parser.word();
  if (first == "+") {
    response.kind = Response::Kind::go_on;
    return response;
  }
  if (first.empty()) return std::nullopt;
  if (first != "*") {
    response.kind = Response::Kind::tagged;
    response.tag = first;
    const bool is_read = read_named(parser.word(), parser, response);
    return is_read ? std::optional(std::move(response)) : std::nullopt;
  }
  auto name = parser.word();
  if (const auto number = to_number(name)) {
    response.number = *number;
    name = parser.word();
  }
  const bool is_read = read_named(name, parser, response);
  return is_read ? std::optional(std::move(response)) : std::nullopt;
}

const Value* item_of(const Response& fetch, std::string_view name) {
  return find_item(fetch, [&](std::string_view item) { return is_in_capitals(item, name); });
}

const Value* header_fields_of(const Response& fetch) {
  constexpr std::string_view start = "BODY[HEADER.FIELDS";
  return find_item(fetch, [&](std::string_view item) { return is_in_capitals(item.substr(0, start.size()), start); });
}

std::optional<std::uint32_t> to_number(std::string_view text) { return parse_number<std::uint32_t>(text); }
std::optional<std::uint64_t> to_size(std::string_view text) { return parse_number<std::uint64_t>(text); }

bool LowestUids::shorten(std::string& line) {
  constexpr std::string_view head = "* SEARCH ";
  if (!is_in_capitals(std::string_view(line).substr(0, head.size()), head)) return false;
  const auto last = line.rfind(' ');
  std::string_view numbers = std::string_view(line).substr(head.size(), std::max(last, head.size()) - head.size());
  if (numbers.empty()) return false;
  while (!numbers.empty()) {
    const auto end = std::min(numbers.find(' '), numbers.size());
    const auto uid = to_number(numbers.substr(0, end));
    if (!uid) return false;
    add(*uid);
    numbers.remove_prefix(std::min(end + 1, numbers.size()));
  }
  line.erase(head.size(), last + 1 - head.size());
  return true;
}

bool LowestUids::add(const Response& search) {
  for (const Value& value : search.values) {
    const auto uid = value.kind == Value::Kind::atom ? to_number(value.text) : std::nullopt;
    if (!uid) return false;
    add(*uid);
  }
  return true;
}

void LowestUids::add(std::uint32_t uid) {
  if (uid == 0 || uid < first_ || most_ == 0) return;
  if (heap_.size() == most_) {
    if (uid >= heap_.front()) return;
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
  }
  heap_.push_back(uid);
  std::push_heap(heap_.begin(), heap_.end());
}

std::vector<std::uint32_t> LowestUids::rising() && {
  std::sort_heap(heap_.begin(), heap_.end());
  heap_.erase(std::unique(heap_.begin(), heap_.end()), heap_.end());
  return std::move(heap_);
}

}  // namespace wujin::mail
