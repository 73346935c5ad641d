#include "mailbox/letter_text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

using documents::Block;
using documents::ReadParagraph;

bool begins_with_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.starts_with(word); });
}

bool is_field_of_header(std::u32string_view text) {
  return begins_with_any(text, {U"发件人:", U"发件人：", U"收件人:", U"发送时间:", U"发送日期:", U"主题:", U"抄送:", U"日期:",
                                U"From:", U"Sent:", U"To:", U"Subject:", U"Date:", U"Cc:"});
}

// ---- 原始邮件 ----, 在2023年10月3日，某某写道：, On … wrote:
bool begins_quotation(std::u32string_view text) {
  const bool is_ruled = begins_with_any(text, {U"--", U"——", U"—-", U"__"});
  if (is_ruled && contains_any(text, {U"原始邮件", U"Original", U"原邮件", U"回复的", U"回复邮件"})) return true;
  if (contains(text, U"写道:") || contains(text, U"写道：")) return true;
  return text.starts_with(U"On ") && text.ends_with(U"wrote:");
}

bool begins_forwarded(std::u32string_view text) {
  return begins_with_any(text, {U"--", U"——", U"__"}) && contains_any(text, {U"转发", U"Forwarded"});
}

bool ends_letter(std::u32string_view text) {
  if (text == U"--" || text == U"---" || text == U"-- ") return true;
  return begins_with_any(text, {U"发自我的", U"来自我的", U"从我的", U"发自", U"Sent from", U"本邮件及其", U"本邮件",
                                U"本电子邮件", U"此邮件", U"免责声明", U"This e-mail", U"This email", U"【网易", U"来自QQ邮箱"});
}

bool is_greeting(std::u32string_view text) {
  constexpr std::size_t longest = 30;
  if (text.size() > longest) return false;
  const auto letters = bare(text);
  if (letters.empty()) return true;
  return begins_with_any(letters,
                         {U"您好", U"你好", U"尊敬的", U"各位领导", U"领导好", U"领导您好", U"此致", U"敬礼", U"谢谢", U"祝",
                          U"请查收", U"请领导", U"请审阅", U"顺祝", U"敬请", U"以上", U"辛苦了", U"收到请回复"}) ||
         (text.ends_with(U":") &&
          contains_any(letters, {U"领导", U"工作站", U"办公室", U"同志", U"老师", U"主任", U"书记", U"各位", U"政府"}));
}

// A paragraph of several lines as one each, its pictures behind the last.
std::vector<Block> line_by_line(const std::vector<Block>& blocks) {
  std::vector<Block> lines;
  for (const auto& block : blocks) {
    const auto* paragraph = std::get_if<ReadParagraph>(&block);
    if (paragraph == nullptr || paragraph->text.find('\n') == std::string::npos) {
      lines.push_back(block);
      continue;
    }
    ReadParagraph line = *paragraph;
    line.pictures.clear();
    std::string_view rest = paragraph->text;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      line.text = std::string(rest.substr(0, end));
      lines.emplace_back(line);
      line.numbering.clear();
      rest.remove_prefix(end + 1);
    }
    line.text = std::string(rest);
    line.pictures = paragraph->pictures;
    lines.emplace_back(std::move(line));
  }
  return lines;
}

}  // namespace

documents::Reading own_words(const documents::Reading& letter) {
  documents::Reading own;
  bool has_words = false;
  bool in_header = false;
  for (const auto& block : line_by_line(letter.blocks)) {
    const auto* paragraph = std::get_if<ReadParagraph>(&block);
    if (paragraph == nullptr) {
      own.blocks.push_back(block);
      has_words = true;
      continue;
    }
    const auto text = plain(paragraph->text);
    const bool has_pictures = !paragraph->pictures.empty();
    if (text.starts_with(U">") && !has_pictures) continue;
    if (begins_quotation(text)) break;
    if (has_pictures && (begins_forwarded(text) || is_field_of_header(text))) {
      own.blocks.push_back(block);
      continue;
    }
    if (begins_forwarded(text)) {
      in_header = true;
      continue;
    }
    if (is_field_of_header(text)) {
      // A header under words of one's own heads what is answered; above all words, what is passed on.
      if (has_words && !in_header) break;
      continue;
    }
    if (ends_letter(text)) break;
    if (is_greeting(text) && !has_pictures) continue;
    has_words = has_words || !text.empty();
    own.blocks.push_back(block);
  }
  return own;
}

}  // namespace wujin::mailbox
