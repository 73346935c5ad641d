#include "mailbox/campaign_words.h"

#include <algorithm>

#include "base/text.h"
#include "campaigns/pattern.h"
#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

using campaigns::Campaign;
using campaigns::Deliverable;
using campaigns::DocumentForm;

std::u32string core_of(const DocumentForm& form) {
  std::string title;
  for (const auto& line : form.title_lines) title += line;
  title = replaced(replaced(title, "{year}年", ""), "{month}月", "");
  return bare(plain(campaigns::fill_pattern(title, {})));
}

std::size_t common_length(std::u32string_view one, std::u32string_view other) {
  std::size_t length = 0;
  while (length < one.size() && length < other.size() && one[length] == other[length]) ++length;
  return length;
}

// “五进” of 消防宣传“五进”.
std::vector<std::u32string> quoted_words(std::u32string_view text) {
  std::vector<std::u32string> words;
  for (auto open = text.find_first_of(U"“「\""); open != std::u32string_view::npos;) {
    const auto close = text.find_first_of(U"”」\"", open + 1);
    if (close == std::u32string_view::npos) break;
    auto word = bare(text.substr(open, close - open));
    if (word.size() >= 2 && word.size() <= 8) words.push_back(std::move(word));
    open = text.find_first_of(U"“「\"", close + 1);
  }
  return words;
}

std::u32string literal_of(const std::string& pattern) { return bare(plain(campaigns::fill_pattern(pattern, {}))); }
std::u32string before_placeholder(const std::string& pattern) { return bare(plain(pattern.substr(0, pattern.find('{')))); }

// Each pair within a few letters behind the one before.
bool has_in_order(std::u32string_view text, const std::vector<std::u32string>& pairs) {
  constexpr std::size_t gap = 4;
  if (pairs.empty()) return false;
  for (auto at = text.find(pairs.front()); at != std::u32string_view::npos; at = text.find(pairs.front(), at + 1)) {
    auto end = at + pairs.front().size();
    bool is_whole = true;
    for (std::size_t next = 1; next < pairs.size() && is_whole; ++next) {
      const auto found = text.find(pairs[next], end);
      is_whole = found != std::u32string_view::npos && found - end <= gap;
      if (is_whole) end = found + pairs[next].size();
    }
    if (is_whole) return true;
  }
  return false;
}

}  // namespace

CampaignWords::CampaignWords(const Campaign& campaign) {
  const auto& documents = campaign.documents;
  titles_.push_back({Deliverable::plan, core_of(documents.plan), {}});
  titles_.push_back({Deliverable::report, core_of(documents.report), {}});
  if (documents.summary) titles_.push_back({Deliverable::summary, core_of(*documents.summary), {}});
  std::size_t common = titles_.front().core.size();
  for (const auto& title : titles_) common = std::min(common, common_length(titles_.front().core, title.core));
  const std::u32string stem = titles_.front().core.substr(0, common);
  for (auto& title : titles_) title.tail = title.core.substr(common);

  for (const auto& entry : campaign.entries) {
    EntryWords words{entry.id, bare(plain(campaigns::fill_pattern(documents.entry_heading, {{"entry", entry.name}}))),
                     bare(plain(entry.name)), bare(plain(entry.short_.value_or("")))};
    entries_.push_back(std::move(words));
  }
  const auto heading = literal_of(documents.entry_heading);
  const auto short_title = plain(campaign.short_title);
  for (auto topic : {stem, bare(short_title), heading}) {
    if (topic.size() >= 3) topics_.push_back(std::move(topic));
  }
  for (auto& word : quoted_words(short_title)) topics_.push_back(std::move(word));
  for (const auto& line : documents.report.title_lines) {
    for (auto& word : quoted_words(plain(line))) topics_.push_back(std::move(word));
  }
  const auto& subject = heading.size() >= 4 ? heading : stem;
  for (std::size_t at = 0; at + 2 <= subject.size() && pairs_.size() < 2; at += 2) pairs_.push_back(subject.substr(at, 2));

  first_year_ = static_cast<int>(campaign.starts_on.year());
  last_year_ = static_cast<int>(campaign.ends_on.year());
  point_heading_ = before_placeholder(documents.point_heading);
  caption_ = before_placeholder(documents.picture_caption);
  no_activity_ = bare(plain(documents.no_activity_heading));
  supplement_ = before_placeholder(documents.supplement_heading);
}

Topic CampaignWords::topic_of(std::u32string_view text) const {
  const auto letters = bare(text);
  for (const auto& topic : topics_) {
    if (contains(letters, topic)) return Topic::certain;
  }
  if (has_in_order(letters, pairs_)) return Topic::certain;
  if (!pairs_.empty() && contains(letters, pairs_.front())) return Topic::related;
  return Topic::none;
}

CampaignWords::FormGuess CampaignWords::form_of_title(std::u32string_view title, bool has_month) const {
  const auto letters = bare(title);
  const auto topic = topic_of(title);
  if (topic == Topic::none) return {};
  const int most = topic == Topic::certain ? 100 : 65;
  for (const auto& words : titles_) {
    if (words.form == Deliverable::summary && has_month) continue;
    if (contains(letters, words.core)) return {words.form, std::min(most, 97)};
  }
  for (const auto& words : titles_) {
    if (words.form == Deliverable::summary && has_month) continue;
    if (!words.tail.empty() && contains(letters, words.tail)) return {words.form, std::min(most, 92)};
  }
  // What people write instead of the form's own words.
  if (contains_any(letters, {U"通知", U"方案", U"名单", U"签到", U"简介", U"制度"})) return {};
  if (contains_any(letters, {U"计划", U"安排"})) return {Deliverable::plan, std::min(most, 85)};
  if (contains(letters, U"总结") && !has_month) return {Deliverable::summary, std::min(most, 85)};
  if (contains_any(letters, {U"情况", U"月报", U"小结", U"汇报", U"总结", U"记录", U"简报", U"报告"})) {
    return {Deliverable::report, std::min(most, has_month ? 88 : 82)};
  }
  if (has_month) return {Deliverable::report, std::min(most, 70)};
  return {};
}

std::vector<std::string> CampaignWords::entries_in(std::u32string_view text, bool loosely) const {
  const auto letters = bare(text);
  std::vector<std::string> found;
  for (const auto& entry : entries_) {
    bool is_named = contains(letters, entry.name);
    if (!entry.word.empty()) {
      for (const std::u32string_view into : {U"走进", U"深入", U"进入", U"进到"}) {
        is_named = is_named || contains(letters, std::u32string(into) + entry.word);
      }
      is_named = is_named || (loosely && contains(letters, entry.word));
    }
    if (is_named) found.push_back(entry.id);
  }
  return found;
}

std::size_t CampaignWords::heading_length(std::u32string_view line) const {
  constexpr std::size_t most = 30;
  const auto end = line.find_first_of(U"：:。，,；;");
  const auto head = line.substr(0, end == std::u32string_view::npos ? line.size() : end);
  if (head.empty() || head.size() > most) return 0;
  const auto letters = bare(head);
  const bool is_heading = std::any_of(entries_.begin(), entries_.end(), [&](const EntryWords& entry) {
    return letters.starts_with(entry.heading) || letters.starts_with(entry.name) || letters == entry.word;
  });
  const bool is_point = !point_heading_.empty() && point_heading_.size() >= 3 && letters.starts_with(point_heading_);
  return is_heading || is_point ? head.size() : 0;
}

}  // namespace wujin::mailbox
