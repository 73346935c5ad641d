#include "mail/letter_parts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "mail/letter_charset.h"
#include "mail/letter_faults.h"
#include "mail/letter_lines.h"

namespace wujin::mail {
namespace {

constexpr std::size_t longest_value = 8u << 10;
constexpr std::size_t most_fields = 64;
// RFC 2046 allows 70; some programs are more generous.
constexpr std::size_t longest_boundary = 500;

constexpr std::array of_parts = {"content-type", "content-disposition", "content-transfer-encoding", "content-id"};
constexpr std::array of_messages = {"from",
                                    "reply-to",
                                    "message-id",
                                    "date",
                                    "return-path",
                                    "received",
                                    "authentication-results",
                                    "received-spf",
                                    "auto-submitted",
                                    "precedence",
                                    "list-id",
                                    "x-autoreply",
                                    "x-autorespond",
                                    "x-autoresponder",
                                    "x-loop",
                                    "x-auto-response-suppress"};

enum class Kind : std::uint8_t { part, message, forwarded };

bool is_kept(std::string_view name, Kind kind) {
  if (std::ranges::find(of_parts, name) != of_parts.end()) return true;
  if (kind != Kind::part && name == "subject") return true;
  return kind == Kind::message && std::ranges::find(of_messages, name) != of_messages.end();
}

// Of "Name: value"; empty when it is no field.
std::string_view field_name(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 100) return {};
  std::string_view name = line.substr(0, colon);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  const bool is_name = !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7F; });
  return is_name ? name : std::string_view();
}

std::string_view without_space_behind(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

class Finder {
 public:
  Finder(const InputFile& file, const LetterLimits& limits, std::size_t& parts, std::vector<Fault>& faults)
      : reader_(file), limits_(limits), parts_(parts), faults_(faults), size_(file.size()) {}

  Part message() {
    skip_envelope_line();
    return entity(Kind::message, "text/plain", 0);
  }

 private:
  // What ended a body: a boundary by its place among the open ones, or the end of the file.
  struct Stop {
    std::optional<std::size_t> level;
    bool is_closing = false;
  };

  // An mbox file's own line, which is no field.
  void skip_envelope_line() {
    Line line;
    if (reader_.next(line) && !line.text.starts_with("From ") && !line.text.starts_with(">From ")) reader_.put_back();
  }

  Part entity(Kind kind, std::string_view type_when_none, int depth) {
    Part part;
    Fields fields = header(kind);
    part.content = content_of(fields, type_when_none, faults_);
    if (kind != Kind::part) part.fields = std::move(fields);
    part.body = {position_, position_};
    if (++parts_ > limits_.parts) {
      note(faults_, Fault::too_many_parts);
      reader_.stop();
      is_cut_short_ = true;
      part.is_left_out = true;
      stop_ = {};
    } else if (depth >= limits_.depth && (part.content.is_multipart() || part.content.is_message())) {
      note(faults_, Fault::too_deep);
      part.is_left_out = true;
      leaf(part);
    } else if (part.content.is_multipart()) {
      multipart(part, depth);
    } else if (part.content.is_message() && !part.content.is_encoded()) {
      part.children.push_back(entity(Kind::forwarded, "text/plain", depth + 1));
      part.body.end = part.children.back().body.end;
    } else {
      leaf(part);
    }
    return part;
  }

  // Reads up to the empty line, or the first that is no field: a body without the empty line before it is no rarity.
  Fields header(Kind kind) {
    Fields fields;
    bool is_taking = false;
    std::size_t bytes = 0;
    Line line;
    while (reader_.next(line)) {
      if (line.begin == 0 && line.text.starts_with("\xEF\xBB\xBF")) line.text.remove_prefix(3);
      if (line.is_begin && line.is_end && line.text.empty()) {
        position_ = line.end;
        return fields;
      }
      const bool is_new = line.is_begin && !line.text.starts_with(' ') && !line.text.starts_with('\t');
      if ((is_new && field_name(line.text).empty()) || (!is_new && bytes == 0)) {
        reader_.put_back();
        position_ = line.begin;
        return fields;
      }
      bytes += line.end - line.begin;
      if (is_new) is_taking = false;
      if (bytes > limits_.header) {
        note(faults_, Fault::too_large);
        is_taking = false;
      } else if (is_new) {
        is_taking = begin_field(fields, line.text, kind);
      } else if (is_taking) {
        append(fields.back().value, line.text);
      }
    }
    position_ = size_;
    return fields;
  }

  static bool begin_field(Fields& fields, std::string_view text, Kind kind) {
    std::string name = lower(field_name(text));
    if (fields.size() >= most_fields || !is_kept(name, kind)) return false;
    fields.push_back({std::move(name), {}});
    text.remove_prefix(text.find(':') + 1);
    append(fields.back().value, trimmed(text));
    return true;
  }

  static void append(std::string& value, std::string_view text) {
    value.append(text.substr(0, longest_value - std::min(longest_value, value.size())));
  }

  // Whether the line is an open boundary; the innermost first.
  bool hit(const Line& line) {
    if (!line.is_begin || !line.text.starts_with("--") || line.text.size() > longest_boundary + 10) return false;
    const std::string_view text = without_space_behind(line.text).substr(2);
    for (std::size_t level = boundaries_.size(); level-- > 0;) {
      const std::string& boundary = boundaries_[level];
      if (boundary.empty() || !text.starts_with(boundary)) continue;
      const std::string_view behind = text.substr(boundary.size());
      if (!behind.empty() && behind != "--") continue;
      stop_ = {level, !behind.empty()};
      return true;
    }
    return false;
  }

  // Passes over lines up to a boundary; `end` is where the last of them ended, without its line end.
  void pass(std::uint64_t& end) {
    Line line;
    std::size_t line_end = 0;
    end = position_;
    while (reader_.next(line)) {
      if (!boundaries_.empty() && boundaries_.back().empty() && looks_like_boundary(line)) {
        boundaries_.back() = without_space_behind(line.text).substr(2);
      }
      if (hit(line)) {
        end -= std::min<std::uint64_t>(line_end, end - position_);
        position_ = line.end;
        return;
      }
      end = line.end;
      line_end = line.end_bytes;
    }
    stop_ = {};
    if (!boundaries_.empty() && !is_cut_short_) note(faults_, Fault::truncated);
  }

  // For a multipart that does not say its own.
  static bool looks_like_boundary(const Line& line) {
    const std::string_view text = without_space_behind(line.text);
    return line.is_begin && line.is_end && text.size() > 2 && text.size() <= longest_boundary && text.starts_with("--") &&
           text.find(' ') == std::string_view::npos && text.find_first_not_of('-') != std::string_view::npos;
  }

  void leaf(Part& part) { pass(part.body.end); }

  void multipart(Part& part, int depth) {
    const std::size_t level = boundaries_.size();
    boundaries_.push_back(part.content.boundary.substr(0, longest_boundary));
    while (boundaries_.back().ends_with(' ')) boundaries_.back().pop_back();
    pass(part.body.end);
    const std::string type = part.content.media_type == "multipart/digest" ? "message/rfc822" : "text/plain";
    while (stop_.level == level && !stop_.is_closing) part.children.push_back(entity(Kind::part, type, depth + 1));
    boundaries_.pop_back();
    const bool is_whole = stop_.level == level;
    if (part.children.empty() && !is_whole) {
      // Its boundary is nowhere: what people wrote is still there to be read.
      part.content.media_type = "text/plain";
      return;
    }
    if (is_whole) pass(part.body.end);
  }

  LineReader reader_;
  const LetterLimits& limits_;
  std::size_t& parts_;
  std::vector<Fault>& faults_;
  std::uint64_t size_;
  std::vector<std::string> boundaries_;
  Stop stop_;
  std::uint64_t position_ = 0;  // where the body begins that is read next
  bool is_cut_short_ = false;
};

}  // namespace

Part find_parts(const InputFile& file, const LetterLimits& limits, std::size_t& parts, std::vector<Fault>& faults) {
  return Finder(file, limits, parts, faults).message();
}

}  // namespace wujin::mail
