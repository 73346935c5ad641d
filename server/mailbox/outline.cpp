#include "mailbox/outline.h"

#include <algorithm>
#include <utility>

#include "mailbox/line_kinds.h"
#include "mailbox/written_dates.h"

namespace wujin::mailbox {
namespace {

constexpr std::size_t longest_heading = 40;

bool is_one_of(char32_t letter, std::u32string_view letters) { return letters.find(letter) != std::u32string_view::npos; }

class Reader {
 public:
  Reader(const std::vector<Item>& items, const CampaignWords& words, const PlaceNames& places)
      : items_(items), words_(words), places_(places) {}

  Outline run() {
    find_end();
    std::size_t index = take_title();
    for (; index < items_.size(); ++index) {
      if (const auto* line = std::get_if<Line>(&items_[index])) {
        take_line(*line, index);
      } else {
        take_boxed(std::get<BoxedActivity>(items_[index]));
      }
    }
    tidy();
    return std::move(outline_);
  }

 private:
  enum class Mode { activities, over, ahead, reason, gallery };

  // ── where the text begins and ends ──

  bool is_closing(std::u32string_view text) const {
    return places_.signing(text).has_value() || is_only_a_day(text) || names_a_sender(text);
  }

  // Behind `end_` only who sent it and when, and pictures.
  void find_end() {
    end_ = items_.size();
    while (end_ > 0) {
      const auto* line = std::get_if<Line>(&items_[end_ - 1]);
      if (line == nullptr) return;
      const auto& text = line->text.plain;
      const bool is_picture = text.empty() || is_numbered_caption(text);
      if (!is_picture && !is_closing(text)) return;
      --end_;
    }
  }

  bool may_be_title(const Line& line) const {
    const auto& text = line.text.plain;
    if (text.size() > longest_title || ends_sentence(text)) return false;
    if (text.ends_with(U":") && words_.topic_of(text) == Topic::none) return false;
    if (!line.pictures.empty() || !line.numbering.empty() || line_number(text).level > 0) return false;
    if (week_heading(text, words_.supplement()) || words_.heading_length(text) > 0) return false;
    if (contains(text, U"。") || contains(text, U"，") || contains(text, U",")) return false;
    return true;
  }

  // Answers the first item behind the title.
  std::size_t take_title() {
    constexpr std::size_t most_lines = 4;
    std::size_t index = 0;
    for (; index < std::min(items_.size(), end_) && outline_.title.size() < most_lines; ++index) {
      const auto* line = std::get_if<Line>(&items_[index]);
      if (line == nullptr || line->text.is_empty() || !may_be_title(*line)) break;
      const auto& text = line->text.plain;
      if (text.starts_with(U"附件") && text.size() <= 8) continue;
      if (names_a_sender(text) || (is_only_a_day(trim_brackets(text)) && !outline_.title.empty())) {
        outline_.closing.push_back(line->text);
        continue;
      }
      if (begins_with_a_day(text, places_) && bare(text).size() > 12) break;
      const bool is_set_apart = line->is_centred || line->outline > 0 || line->is_bold;
      const bool speaks = words_.topic_of(text) != Topic::none || !written_months(text).empty() || !places_.in(text).empty();
      if (!is_set_apart && !speaks) {
        // A sheet's name, a number of the file.
        constexpr std::size_t shortest = 12;
        if (!outline_.title.empty() || bare(text).size() > shortest) break;
        outline_.intro.push_back(line->text);
        continue;
      }
      if (bare(text) == words_.no_activity() && !outline_.title.empty()) break;
      outline_.title.push_back(line->text);
    }
    return index;
  }

  static std::u32string_view trim_brackets(std::u32string_view text) {
    while (!text.empty() && is_one_of(text.front(), U"(（ ")) text.remove_prefix(1);
    while (!text.empty() && is_one_of(text.back(), U")） ")) text.remove_suffix(1);
    return text;
  }

  // ── pictures and their captions ──

  bool is_numbered_caption(std::u32string_view text) const {
    const auto letters = bare(text);
    if (letters.size() > longest_heading || contains(text, U"。")) return false;
    for (const std::u32string_view word :
         {std::u32string_view(words_.caption()), std::u32string_view(U"图片"), std::u32string_view(U"照片"),
          std::u32string_view(U"图"), std::u32string_view(U"附图")}) {
      if (word.empty() || !letters.starts_with(word)) continue;
      const auto rest = std::u32string_view(letters).substr(word.size());
      if (number_at(rest, 0)) return true;
    }
    return letters.starts_with(U"图为") || letters.starts_with(U"图说");
  }

  bool is_caption(const Line& line) const {
    const auto& text = line.text.plain;
    if (is_numbered_caption(text)) return true;
    if (fresh_.empty() || text.size() > 30 || contains(text, U"。")) return false;
    if (week_heading(text, words_.supplement()) || is_closing(text) || line_number(text).level > 0 || !line.numbering.empty()) {
      return false;
    }
    if (mode_ == Mode::gallery) return true;
    const bool shows = contains_any(text, {U"现场", U"合影", U"场景", U"图", U"照片"});
    if (contains(text, U",") || (words_.heading_length(text) > 0 && !shows)) return false;
    return shows || (line.is_centred && !line.is_bold) || (line.is_in_table && !begins_with_a_day(text, places_));
  }

  // 图片4 图片5 under two pictures names each.
  void take_caption(std::u32string_view text) {
    if (fresh_.empty()) {
      waiting_caption_ = std::u32string(text);
      return;
    }
    std::vector<std::u32string> parts;
    for (std::size_t at = 0; at < text.size();) {
      const auto word = words_.caption().empty() ? std::u32string(U"图") : words_.caption();
      const auto next = text.find(word, at + 1);
      parts.emplace_back(trimmed(text.substr(at, next == std::u32string_view::npos ? next : next - at)));
      at = next == std::u32string_view::npos ? text.size() : next;
    }
    auto& pictures = *place_of_fresh_;
    for (std::size_t index = 0; index < fresh_.size(); ++index) {
      auto& picture = pictures[fresh_[index]];
      if (picture.caption.empty()) picture.caption = parts.size() == fresh_.size() ? parts[index] : std::u32string(text);
    }
    fresh_.clear();
  }

  std::vector<Picture>& pictures_here() {
    if (mode_ == Mode::gallery) return outline_.gallery;
    if (!parts().empty() && !parts().back().drafts.empty() && mode_ == Mode::activities)
      return parts().back().drafts.back().pictures;
    if (!parts().empty()) return parts().back().drafts.empty() ? parts().back().before : outline_.gallery;
    part();
    return parts().back().before;
  }

  void take_pictures(const std::vector<Picture>& added) {
    for (auto picture : added) {
      auto& pictures = pictures_here();
      if (place_of_fresh_ != &pictures) fresh_.clear();
      place_of_fresh_ = &pictures;
      if (!waiting_caption_.empty()) picture.caption = std::exchange(waiting_caption_, {});
      pictures.push_back(std::move(picture));
      if (pictures.back().caption.empty()) fresh_.push_back(pictures.size() - 1);
    }
  }

  // ── lines ──

  std::vector<WeekPart>& parts() { return outline_.parts; }
  WeekPart& part() {
    if (parts().empty()) parts().emplace_back();
    return parts().back();
  }
  Draft* draft() { return parts().empty() || parts().back().drafts.empty() ? nullptr : &parts().back().drafts.back(); }

  // References into what grows are not kept.
  Draft& open_draft() {
    fresh_.clear();
    place_of_fresh_ = nullptr;
    mode_ = Mode::activities;
    part().drafts.emplace_back();
    return part().drafts.back();
  }
  void open_part(WeekHeading week) {
    fresh_.clear();
    place_of_fresh_ = nullptr;
    mode_ = Mode::activities;
    parts().emplace_back();
    parts().back().week = std::move(week);
  }

  void take_line(const Line& line, std::size_t index) {
    if (!line.text.is_empty()) {
      const bool is_with_picture = !line.pictures.empty() && is_numbered_caption(line.text.plain);
      if (is_with_picture) {
        take_pictures(line.pictures);
        take_caption(line.text.plain);
        return;
      }
      take_text(line, index);
    }
    take_pictures(line.pictures);
  }

  void take_text(const Line& line, std::size_t index) {
    const auto& text = line.text.plain;
    if (index >= end_ && is_closing(text)) {
      outline_.closing.push_back(line.text);
      mode_ = Mode::gallery;
      return;
    }
    if (is_caption(line)) {
      take_caption(text);
      return;
    }
    fresh_.clear();
    if (opens_gallery(text)) {
      mode_ = Mode::gallery;
      return;
    }
    if (is_reason_heading(text)) {
      mode_ = Mode::reason;
      return;
    }
    if (auto week = week_heading(text, words_.supplement())) {
      take_week(line, std::move(*week));
      return;
    }
    take_heading_or_body(line);
  }

  bool opens_gallery(std::u32string_view text) const {
    const auto letters = bare(without_number(text));
    constexpr std::size_t longest = 12;
    return letters.size() <= longest && !is_numbered_caption(text) &&
           (letters.ends_with(U"照片") || letters.ends_with(U"图片") || letters.ends_with(U"附图") ||
            letters.ends_with(U"影像资料") || letters.starts_with(U"附图") || letters.starts_with(U"附照片"));
  }

  bool is_reason_heading(std::u32string_view text) const {
    const auto letters = bare(without_number(text));
    return !words_.no_activity().empty() && letters.size() <= words_.no_activity().size() + 2 &&
           letters.starts_with(words_.no_activity());
  }

  void take_week(const Line& line, WeekHeading week) {
    const auto rest = week.rest;
    open_part(std::move(week));
    if (rest.empty()) return;
    Line body = line;
    const auto at = line.text.plain.rfind(rest);
    body.text = at == std::u32string::npos ? Text(to_utf8(rest)) : line.text.part(at);
    body.numbering.clear();
    take_heading_or_body(body);
  }

  // Of the number a line begins with, typed or automatic; 0: it has none.
  static int number_level(const Line& line) {
    if (const auto typed = line_number(line.text.plain); typed.level > 0) return typed.level;
    if (line.numbering.empty()) return 0;
    const auto level = line_number(line.numbering + U" ").level;
    return level > 0 ? level : 3;
  }

  void take_heading_or_body(const Line& line) {
    const auto plain_line = without_number(line.text.plain);
    const auto start = line.text.plain.size() - plain_line.size();
    const int level = number_level(line);
    const auto length = words_.heading_length(plain_line);
    if (length > 0) {
      auto& opened = open_draft();
      opened.heading = line.text.part(start, length);
      opened.level = number_level(line);
      auto rest = start + length;
      while (rest < line.text.plain.size() && is_one_of(line.text.plain[rest], U"：:。，,；; ")) ++rest;
      if (auto body = line.text.part(rest); !body.is_empty()) add_body(std::move(body), 0);
      return;
    }
    const bool is_set_apart = level > 0 || line.outline > 0 || line.is_bold;
    const bool is_heading = is_set_apart && level < 5 && plain_line.size() <= longest_heading && !ends_sentence(plain_line);
    if (is_heading && takes_heading(line.text.part(start), level)) return;
    take_body(line.text, start, level);
  }

  // Answers false when the line is no heading after all.
  bool takes_heading(Text heading, int level) {
    const bool is_dated = !written_dates(heading.plain).empty();
    if (!is_dated && looks_ahead(heading.plain)) {
      mode_ = Mode::ahead;
      return true;
    }
    const bool in_week = !parts().empty() && parts().back().week.has_value();
    if (!is_dated && !in_week && looks_over(heading.plain)) {
      mode_ = Mode::over;
      return true;
    }
    if (mode_ == Mode::reason || mode_ == Mode::ahead) return false;
    // A list within an activity: numbers of a lower rank than its heading's, or below a heading without one.
    const auto* open = draft();
    const bool is_within = open != nullptr && mode_ == Mode::activities && level > 0;
    if (is_within && open->level > 0 && level > open->level) return false;
    if (is_within && open->level == 0 && !open->heading.is_empty() && !is_dated) return false;
    auto& opened = open_draft();
    opened.heading = std::move(heading);
    opened.level = level;
    return true;
  }

  void take_body(const Text& whole, std::size_t start, int level) {
    switch (mode_) {
      case Mode::reason:
        outline_.reason.push_back(whole);
        return;
      case Mode::ahead:
        return;
      case Mode::over:
      case Mode::gallery:
        if (!begins_with_a_day(whole.plain, places_)) return;
        break;
      case Mode::activities:
        break;
    }
    if (begins_to_look_ahead(whole.plain)) {
      mode_ = Mode::ahead;
      return;
    }
    const bool in_week = !parts().empty() && parts().back().week.has_value();
    if (in_week && draft() == nullptr && tells_of_nothing_held(whole.plain)) return;
    if (begins_activity(whole.plain, level)) {
      const auto* before = draft();
      const bool inherits = before != nullptr && !before->heading.is_empty() && mode_ == Mode::activities;
      const auto heading = inherits ? before->heading : Text();
      const int inherited_level = inherits ? before->level : level;
      auto& opened = open_draft();
      opened.heading = heading;
      opened.level = inherited_level;
      add_body(level > 0 ? whole.part(start) : whole, level);
      return;
    }
    if (draft() == nullptr || mode_ != Mode::activities) {
      if (!in_week) {
        outline_.intro.push_back(whole);
        return;
      }
      open_draft().level = level;
    }
    add_body(level > 0 && draft()->paragraphs.empty() ? whole.part(start) : whole, level);
  }

  bool begins_activity(std::u32string_view text, int level) {
    const auto* open = draft();
    const bool is_dated = begins_with_a_day(text, places_);
    const bool in_week = !parts().empty() && parts().back().week.has_value();
    if (open == nullptr || mode_ != Mode::activities) return is_dated;
    const bool is_waiting = !open->heading.is_empty() && open->paragraphs.empty();
    if (is_waiting) return false;
    if (is_dated) {
      // One heading holds what it tells together, unless pictures part it.
      if (in_week && !open->heading.is_empty() && open->pictures.empty()) return false;
      return !is_same_day(*open, text);
    }
    return in_week && level > 0 && level < 5 && open->heading.is_empty() && level == open->level;
  }

  static bool is_same_day(const Draft& open, std::u32string_view text) {
    const auto here = written_dates(text);
    if (open.paragraphs.empty() || here.empty()) return false;
    const auto there = written_dates(open.paragraphs.front().plain);
    return !there.empty() && there.front().from.day == here.front().from.day &&
           there.front().from.month == here.front().from.month;
  }

  // A paragraph that tells of several days is one activity each, unless a heading holds it together.
  void add_body(Text body, int level) {
    const auto beginnings = dated_beginnings(body.plain);
    const bool in_week = part().week.has_value();
    const bool is_held = in_week && !draft()->heading.is_empty();
    if (is_held || beginnings.size() < 2 || beginnings.front() != 0) {
      draft()->paragraphs.push_back(std::move(body));
      return;
    }
    const auto heading = draft()->heading;
    for (std::size_t index = 0; index < beginnings.size(); ++index) {
      const auto end = index + 1 < beginnings.size() ? beginnings[index + 1] : body.plain.size();
      if (index > 0 || !draft()->paragraphs.empty()) {
        auto& opened = open_draft();
        opened.heading = heading;
        opened.level = level;
      }
      draft()->paragraphs.push_back(body.part(beginnings[index], end - beginnings[index]));
    }
  }

  void take_boxed(const BoxedActivity& boxed) {
    if (auto week = week_in(boxed.week.plain.empty() ? boxed.when.plain : boxed.week.plain)) {
      const bool is_same = !parts().empty() && parts().back().week && parts().back().week->number == week->number;
      if (!is_same) open_part(std::move(*week));
    }
    auto& opened = open_draft();
    opened.heading = boxed.heading;
    opened.when = boxed.when;
    opened.is_boxed = true;
    opened.level = 1;
    for (const auto& text : boxed.paragraphs) {
      if (is_numbered_caption(text.plain) && !boxed.pictures.empty()) continue;
      opened.paragraphs.push_back(text);
    }
    opened.pictures = boxed.pictures;
  }

  // A heading that tells all is the text; one with nothing under it is a form left empty.
  void tidy() {
    constexpr std::size_t tells_enough = 15;
    for (auto& one : parts()) {
      for (auto& open : one.drafts) {
        if (!open.paragraphs.empty()) continue;
        const bool tells = !written_dates(open.heading.plain).empty() && bare(open.heading.plain).size() >= tells_enough;
        if (tells || (!open.pictures.empty() && !open.heading.is_empty() && bare(open.heading.plain).size() >= tells_enough)) {
          open.paragraphs.push_back(open.heading);
        }
      }
      std::erase_if(one.drafts, [](const Draft& open) { return open.paragraphs.empty() && open.pictures.empty(); });
      std::erase_if(one.drafts, [](const Draft& open) {
        return open.pictures.empty() && open.paragraphs.size() == 1 && tells_of_nothing_held(open.paragraphs.front().plain);
      });
    }
  }

  const std::vector<Item>& items_;
  const CampaignWords& words_;
  const PlaceNames& places_;
  Outline outline_;
  Mode mode_ = Mode::activities;
  std::size_t end_ = 0;
  std::vector<std::size_t> fresh_;  // pictures without a caption yet, in place_of_fresh_
  std::vector<Picture>* place_of_fresh_ = nullptr;
  std::u32string waiting_caption_;
};

}  // namespace

bool Outline::has_week_headings() const {
  return std::any_of(parts.begin(), parts.end(), [](const WeekPart& part) { return part.week.has_value(); });
}

std::size_t Outline::activities() const {
  std::size_t count = 0;
  for (const auto& part : parts) count += part.drafts.size();
  return count;
}

Outline outline_of(const std::vector<Item>& items, const CampaignWords& words, const PlaceNames& places) {
  return Reader(items, words, places).run();
}

}  // namespace wujin::mailbox
