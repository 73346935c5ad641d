#include "mailbox/rough_writing.h"

#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"

namespace wujin::mailbox::fixture {
namespace {

using documents::Block;
using documents::ReadParagraph;
using documents::ReadTable;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// 10月7日 as 10 月 7 日.
std::string spaced(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = is_digit(text[at]) && at > 0 && static_cast<unsigned char>(text[at - 1]) >= 0x80;
    const bool ends = static_cast<unsigned char>(text[at]) >= 0x80 && at > 0 && is_digit(text[at - 1]);
    if (begins || ends) out += ' ';
    out += text[at];
  }
  return out;
}

std::string with_each(std::string text, std::initializer_list<std::pair<std::string_view, std::string_view>> changes) {
  for (const auto& [from, to] : changes) text = replaced(text, from, to);
  return text;
}

// 7日 as 7号; a weekday's 日 stays.
std::string with_numbered_days(const std::string& text) {
  static constexpr std::string_view day = "日";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool is_day = at > 0 && is_digit(text[at - 1]) && std::string_view(text).substr(at).starts_with(day);
    out += is_day ? std::string_view("号") : std::string_view(text).substr(at, 1);
    at += is_day ? day.size() : 1;
  }
  return out;
}

class Hand {
 public:
  explicit Hand(std::uint32_t seed) : random_(seed * 2654435761u + 17) {
    spaces_figures_ = one_in(4);
    says_number_ = one_in(4);
    half_brackets_ = one_in(3);
    half_commas_ = one_in(4);
    half_colons_ = one_in(4);
    indents_ = one_in(2);
    leaves_lines_empty_ = one_in(3);
    breaks_lines_ = one_in(4);
    drops_stops_ = one_in(5);
    drops_quotes_ = one_in(3);
    counts_weeks_ = one_in(4);
    parts_words_ = one_in(4);
    marks_twice_ = one_in(5);
    dash_ = below(6);
  }

  void write(std::vector<Block>& blocks, bool in_cell) {
    std::vector<Block> out;
    for (auto& block : blocks) {
      if (auto* table = std::get_if<ReadTable>(&block)) {
        for (auto& row : table->rows) {
          for (auto& cell : row) write(cell.blocks, true);
        }
        out.push_back(std::move(block));
        continue;
      }
      auto& paragraph = std::get<ReadParagraph>(block);
      paragraph.text = typed(std::move(paragraph.text), in_cell);
      if (leaves_lines_empty_ && !in_cell && one_in(3)) out.emplace_back(ReadParagraph());
      if (breaks_lines_ && !in_cell && goes_on(out, paragraph)) {
        std::get<ReadParagraph>(out.back()).text += "\n" + paragraph.text;
      } else {
        out.push_back(std::move(block));
      }
    }
    blocks = std::move(out);
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }
  bool one_in(int times) { return below(times) == 0; }

  // Shift and Enter instead of Enter.
  bool goes_on(const std::vector<Block>& out, const ReadParagraph& paragraph) {
    const auto* before = out.empty() ? nullptr : std::get_if<ReadParagraph>(&out.back());
    const auto is_plain = [](const ReadParagraph& one) {
      return one.pictures.empty() && !one.text.empty() && one.numbering.empty() && !one.is_centred && !one.is_bold;
    };
    return before != nullptr && is_plain(*before) && is_plain(paragraph) && one_in(2);
  }

  std::string typed(std::string text, bool in_cell) {
    if (trimmed(text).empty()) return text;
    if (says_number_) text = with_numbered_days(text);
    if (counts_weeks_) {
      text = with_each(
          text, {{"第一周", "第1周"}, {"第二周", "第2周"}, {"第三周", "第 3 周"}, {"第四周", "第4周"}, {"第五周", "第5周"}});
    }
    if (parts_words_) text = with_each(text, {{"消防宣传进", "消防宣传 进"}, {"工作情况", "工作 情况"}, {"）消防", "） 消防"}});
    if (marks_twice_) text = with_each(text, {{"）消防", "）、消防"}, {"一、", "一 、"}, {"二、", "二."}, {"三、", "三．"}});
    if (drops_quotes_) text = replaced(replaced(text, "“", ""), "”", "");
    if (half_brackets_) text = replaced(replaced(text, "（", "("), "）", ")");
    if (half_commas_) text = replaced(text, "，", ",");
    if (half_colons_) text = replaced(text, "：", ":");
    static constexpr std::string_view dashes[] = {"—", "-", "－", "至", "~", "——"};
    text = replaced(text, "—", dashes[dash_]);
    if (spaces_figures_) text = spaced(text);
    if (drops_stops_ && text.ends_with("。")) text.resize(text.size() - std::string_view("。").size());
    if (indents_ && !in_cell) text = "　　" + text;
    if (one_in(6)) text += " ";
    return text;
  }

  std::mt19937 random_;
  bool spaces_figures_ = false;
  bool says_number_ = false;
  bool half_brackets_ = false;
  bool half_commas_ = false;
  bool half_colons_ = false;
  bool indents_ = false;
  bool leaves_lines_empty_ = false;
  bool breaks_lines_ = false;
  bool drops_stops_ = false;
  bool drops_quotes_ = false;
  bool counts_weeks_ = false;
  bool parts_words_ = false;
  bool marks_twice_ = false;
  int dash_ = 0;
};

}  // namespace

void write_roughly(Incoming& incoming, std::uint32_t seed) {
  Hand hand(seed);
  for (auto& source : incoming.sources) hand.write(source.reading.blocks, false);
}

}  // namespace wujin::mailbox::fixture
