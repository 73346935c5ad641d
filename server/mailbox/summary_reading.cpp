#include "mailbox/summary_reading.h"

#include <algorithm>
#include <utility>

#include "mailbox/headings.h"
#include "mailbox/line_kinds.h"

namespace wujin::mailbox {
namespace {

bool is_among(const std::vector<Text>& texts, const Text& text) {
  return std::ranges::any_of(texts, [&](const Text& other) { return other.plain == text.plain; });
}

int level_of(const Line& line) {
  const auto typed = line_number(line.text.plain);
  return typed.level > 0 || line.numbering.empty() ? typed.level : line_number(line.numbering + U" ").level;
}

class SummaryReader {
 public:
  explicit SummaryReader(const Outline& outline) : outline_(outline) {}

  std::vector<FoundActivity> run(const std::vector<Item>& items) {
    for (const Item& item : items) {
      if (const auto* line = std::get_if<Line>(&item)) {
        take(*line);
      } else {
        take(std::get<BoxedActivity>(item));
      }
    }
    std::erase_if(parts_, [](const FoundActivity& part) { return part.text.empty(); });
    return std::move(parts_);
  }

 private:
  void take(const Line& line) {
    const bool is_frame = parts_.empty() && is_among(outline_.title, line.text);
    if (line.is_in_table || line.text.is_empty() || is_frame || is_among(outline_.closing, line.text)) return;
    const auto words = without_number(line.text.plain);
    const auto start = line.text.plain.size() - words.size();
    const int level = level_of(line);
    constexpr std::size_t longest_heading = 40;
    const bool is_set_apart = level == 1 || (level == 0 && (line.outline == 1 || line.is_bold));
    if (is_set_apart && words.size() <= longest_heading && !ends_sentence(words)) return open(line.text.part(start));
    // 一、基本情况。今年以来…
    constexpr std::size_t longest_beginning = 16;
    const auto end = words.find_first_of(U"。:：");
    if (level == 1 && end <= longest_beginning) {
      open(line.text.part(start, end));
      return add(line.text.part(start + end + 1));
    }
    add(line.text);
  }

  void take(const BoxedActivity& boxed) {
    if (!boxed.heading.is_empty()) add(boxed.heading);
    for (const Text& paragraph : boxed.paragraphs) add(paragraph);
  }

  void open(const Text& heading) {
    parts_.emplace_back();
    parts_.back().heading = to_utf8(heading.shown);
  }

  void add(const Text& text) {
    if (text.is_empty()) return;
    if (parts_.empty()) parts_.emplace_back();
    auto& all = parts_.back().text;
    if (!all.empty()) all += '\n';
    all += to_utf8(text.shown);
  }

  const Outline& outline_;
  std::vector<FoundActivity> parts_;
};

}  // namespace

std::vector<FoundActivity> read_summary(const ReadSource& source) {
  return SummaryReader(source.outline).run(source.lines.items);
}

}  // namespace wujin::mailbox
