#include "mailbox/month_variants.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "campaigns/weeks.h"

namespace wujin::mailbox::fixture {
namespace {

using documents::ReadCell;
using documents::ReadParagraph;
using documents::ReadTable;
using places::Place;

enum class Weeks { with_days, plain, figures, automatic, own_line, none, table };
enum class Days { words, full_width, chinese, figures, slashes, with_year, dashes, day_only };
enum class Headings { numbered, bare, in_line, in_text };
enum class Pictures { one_each, together, captioned, in_table };
enum class Change {
  place_in_title,
  month_in_title,
  day_of_one,
  entry_of_one,
  pictures_behind,
  place_in_file_name,
  month_in_subject,
  sender
};

struct Held {
  campaigns::ReportWeek week;
  Date day;
  campaigns::Choice entry;
  bool has_entry = true;
  std::string where;
  int pictures = 0;
  int people = 0;
  int leaflets = 0;
};

int number(unsigned value) { return static_cast<int>(value); }

std::string full_width(const std::string& text) {
  static constexpr const char* digits[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
  std::string wide;
  for (const char letter : text) {
    if (letter >= '0' && letter <= '9') {
      wide += digits[letter - '0'];
    } else {
      wide += letter;
    }
  }
  return wide;
}

class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {
    variant_.one.name = fmt::format("seed {}", seed);
    variant_.one.campaign = "baofeng-2023";
  }

  Variant write() {
    choose_facts();
    choose_style();
    choose_changes();
    write_letter();
    write_report();
    write_truth();
    return std::move(variant_);
  }

 private:
  // The same on every machine, unlike the distributions of the library.
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }
  bool one_in(int times) { return below(times) == 0; }
  template <class T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

  const campaigns::Campaign& campaign() const { return bundle("baofeng-2023").campaign; }

  // ── facts ──

  void choose_facts() {
    std::vector<Place> villages;
    for (const auto& place : bundle("baofeng-2023").places) {
      if (places::is_of_village_level(place.kind)) villages.push_back(place);
    }
    place_ = one_of(villages);
    do {
      other_place_ = one_of(villages);
    } while (other_place_.id == place_.id);
    month_ = plus_months(campaign().report_periods.first, 1 + below(4));
    other_month_ = plus_months(month_, -1);
    static const std::vector<std::string> spots = {"一组院坝", "二组晒坝", "文化广场", "便民服务中心", "桥头", "三组居民点"};
    const auto weeks = campaigns::report_weeks(month_, campaign().report_periods.week_rule);
    for (const auto& week : weeks) {
      int held = below(3);
      if (held == 0 && one_in(2)) held = 1;
      Date day = week.days.from;
      for (int index = 0; index < held; ++index) {
        const int left = days_between(day, week.days.to);
        day = plus_days(day, std::min(left, 1 + below(2)));
        held_.push_back({week, day, one_of(campaign().entries), true, one_of(spots), 1 + below(3),
                         one_in(2) ? 20 + below(200) : 0, one_in(3) ? 30 + below(300) : 0});
        if (left <= 1) break;
      }
    }
    if (held_.empty()) {
      held_.push_back({weeks.front(), weeks.front().days.from, campaign().entries.front(), true, spots.front(), 1, 0, 0});
    }
  }

  void choose_style() {
    weeks_ = static_cast<Weeks>(below(7));
    days_ = static_cast<Days>(below(8));
    headings_ = static_cast<Headings>(below(4));
    pictures_ = static_cast<Pictures>(below(4));
    const bool needs_whole_days = weeks_ == Weeks::none || weeks_ == Weeks::table;
    if (needs_whole_days && days_ == Days::day_only) days_ = Days::words;
    in_letter_ = weeks_ != Weeks::table && one_in(8);
    if (in_letter_) {
      for (auto& held : held_) held.pictures = 0;
    }
  }

  void choose_changes() {
    if (!one_in(3)) return;
    const int count = 1 + below(2);
    for (int index = 0; index < count; ++index) change(static_cast<Change>(below(8)));
  }

  // Two changes that agree would tell another truth.
  bool is_changed_already(Change change) const {
    switch (change) {
      case Change::place_in_title:
      case Change::place_in_file_name:
      case Change::sender:
        return title_place_ || file_place_ || sender_place_;
      case Change::month_in_title:
      case Change::month_in_subject:
        return title_month_ || subject_month_;
      default:
        return false;
    }
  }

  void change(Change change) {
    if (is_changed_already(change)) return;
    const bool has_pictures = std::any_of(held_.begin(), held_.end(), [](const Held& held) { return held.pictures > 0; });
    switch (change) {
      case Change::place_in_title:
        title_place_ = other_place_;
        return note("place in title");
      case Change::month_in_title:
        title_month_ = other_month_;
        return note("month in title");
      case Change::day_of_one:
        return move_a_day();
      case Change::entry_of_one:
        held_[static_cast<std::size_t>(below(static_cast<int>(held_.size())))].has_entry = false;
        return note("entry of one");
      case Change::pictures_behind:
        if (held_.size() < 2 || !has_pictures || weeks_ == Weeks::table) return;
        are_pictures_behind_ = true;
        return note("pictures behind");
      case Change::place_in_file_name:
        if (in_letter_) return;
        file_place_ = other_place_;
        return note("place in file name");
      case Change::month_in_subject:
        subject_month_ = other_month_;
        return note("month in subject");
      case Change::sender:
        sender_place_ = other_place_;
        return note("sender");
    }
  }

  void note(const char* what) {
    variant_.is_disturbed = true;
    variant_.changes += std::string(variant_.changes.empty() ? "" : ", ") + what;
  }

  // Into another week than the one it is told under.
  void move_a_day() {
    if (weeks_ == Weeks::none || weeks_ == Weeks::table || has_moved_day_) return;
    auto& held = held_[static_cast<std::size_t>(below(static_cast<int>(held_.size())))];
    const Date moved = plus_days(held.day, held.week.number > 2 ? -14 : 14);
    if (month_of(moved) != month_) return;
    held.day = moved;
    has_moved_day_ = true;
    note("day of one");
  }

  // ── words ──

  std::string place_in_words(const Place& place) {
    if (place.kind == places::PlaceKind::community) return place.name;
    switch (below(4)) {
      case 0:
        return place.name + "委会";
      case 1:
        return place.name;
      case 2:
        return place.name + "村民委员会";
      default:
        return place.name;
    }
  }

  std::string month_in_words(Month month) {
    const auto in_figures = static_cast<unsigned>(month.month());
    switch (below(3)) {
      case 0:
        return chinese_number(number(in_figures)) + "月";
      default:
        return fmt::format("{}月{}", in_figures, one_in(3) ? "份" : "");
    }
  }

  std::string day_in_words(Date day) {
    const auto month = static_cast<unsigned>(day.month());
    const auto of_month = static_cast<unsigned>(day.day());
    switch (days_) {
      case Days::words:
        return fmt::format("{}月{}日", month, of_month);
      case Days::full_width:
        return full_width(fmt::format("{}月{}日", month, of_month));
      case Days::chinese:
        return chinese_number(number(month)) + "月" + chinese_number(number(of_month)) + "日";
      case Days::figures:
        return fmt::format("{}.{}", month, of_month);
      case Days::slashes:
        return fmt::format("{}/{}", month, of_month);
      case Days::with_year:
        return fmt::format("{}年{}月{}日", static_cast<int>(day.year()), month, of_month);
      case Days::dashes:
        return to_string(day);
      case Days::day_only:
        return fmt::format("{}日", of_month);
    }
    return {};
  }

  // ── the letter ──

  void write_letter() {
    auto& incoming = variant_.one.incoming;
    const bool is_known = sender_place_ || title_place_ || !one_in(3);
    incoming.from_address = "village@example.org";
    if (is_known) variant_.one.senders.push_back({incoming.from_address, sender_place_.value_or(place_).id, true});
    incoming.subject = month_in_words(subject_month_.value_or(month_)) + (one_in(2) ? "消防宣传五进工作情况" : "五进情况");
    if (one_in(2)) incoming.subject = place_.name + incoming.subject;
    incoming.received_on = plus_days(last_day(month_), below(5));
    if (in_letter_ || one_in(3)) return;
    incoming.sources.push_back({});
    add_line(one_in(2) ? "领导您好：" : "您好！");
    add_line(fmt::format("现将我村{}月的材料报上，请查收。", static_cast<unsigned>(subject_month_.value_or(month_).month())));
    if (one_in(2)) add_line("发自我的手机");
    if (one_in(3)) {
      add_line("------------------ 原始邮件 ------------------");
      add_line(fmt::format("{}的材料请尽快报送，{}月的已收到。", other_place_.name, static_cast<unsigned>(other_month_.month())));
    }
  }

  // ── the report ──

  documents::Reading& reading() { return variant_.one.incoming.sources.back().reading; }
  ReadParagraph& add_line(const std::string& text) {
    ReadParagraph paragraph;
    paragraph.text = text;
    reading().blocks.emplace_back(std::move(paragraph));
    return std::get<ReadParagraph>(reading().blocks.back());
  }

  void write_report() {
    auto& incoming = variant_.one.incoming;
    const auto file_place = file_place_.value_or(place_);
    const std::string file = one_in(2) && !file_place_ ? "工作情况.docx" : place_in_words(file_place) + "五进.docx";
    incoming.sources.insert(in_letter_ ? incoming.sources.begin() : incoming.sources.end(), {in_letter_ ? "" : file, {}});
    write_title();
    if (one_in(3)) add_line("为切实增强群众消防安全意识，按照镇上统一安排，我们组织开展了宣传，现将有关情况报告如下。");
    if (weeks_ == Weeks::table) {
      write_table();
    } else {
      write_weeks();
    }
    if (are_pictures_behind_) write_pictures_behind();
    if (one_in(2)) {
      add_line(place_in_words(title_place_.value_or(place_)));
      add_line(fmt::format("{}年{}月{}日", static_cast<int>(month_.year()), static_cast<unsigned>(month_.month()), 27));
    }
  }

  void write_title() {
    if (!in_letter_ && one_in(2)) add_line("附件2");
    const auto place = place_in_words(title_place_.value_or(place_));
    const auto town = one_in(2) ? "宝峰镇" : "";
    const auto year = one_in(4) ? "" : fmt::format("{}年", static_cast<int>(month_.year()));
    const auto month = month_in_words(title_month_.value_or(month_));
    const std::string rest = one_in(2) ? "消防宣传“五进”工作情况" : "消防宣传五进工作情况";
    if (one_in(2)) {
      add_line(town + place + year + month).is_centred = true;
      add_line(rest).is_centred = true;
    } else {
      add_line(town + place + year + month + rest).is_centred = one_in(2);
    }
  }

  void write_weeks() {
    const auto weeks = campaigns::report_weeks(month_, campaign().report_periods.week_rule);
    int running = 0;
    for (const auto& week : weeks) {
      std::vector<const Held*> of_week;
      for (const auto& held : held_) {
        if (held.week.number == week.number) of_week.push_back(&held);
      }
      if (weeks_ == Weeks::none && of_week.empty()) continue;
      if (of_week.empty() && one_in(2)) continue;
      write_week_heading(week);
      if (of_week.empty()) add_line(one_in(2) ? "本周未集中开展宣传活动。" : "无");
      for (const auto* held : of_week) write_activity(*held, ++running);
    }
  }

  void write_week_heading(const campaigns::ReportWeek& week) {
    const auto month = static_cast<unsigned>(month_.month());
    switch (weeks_) {
      case Weeks::with_days:
        add_line(campaigns::report_heading(week, month_));
        return;
      case Weeks::plain:
        add_line(campaigns::week_name(week.number));
        return;
      case Weeks::figures:
        add_line(fmt::format("{}.第{}周({}.{}-{}.{})", week.number, week.number, month,
                             static_cast<unsigned>(week.days.from.day()), month, static_cast<unsigned>(week.days.to.day())));
        return;
      case Weeks::automatic: {
        auto& line = add_line(fmt::format("{}月{}", month, campaigns::week_name(week.number)));
        line.numbering = chinese_number(week.number) + "、";
        return;
      }
      case Weeks::own_line:
        add_line(fmt::format("{}月第{}周：", month, week.number)).is_bold = true;
        return;
      case Weeks::none:
      case Weeks::table:
        return;
    }
  }

  std::string text_of(const Held& held, bool tells_entry) {
    std::string text = day_in_words(held.day);
    if (one_in(3) && days_ != Days::figures && days_ != Days::slashes) text += "上午";
    text += "，在" + held.where;
    text += tells_entry && held.has_entry ? "开展消防宣传" + held.entry.name + "活动" : "讲解用火用电常识和灭火器的用法";
    if (held.people > 0) text += fmt::format("，参加群众约{}人", held.people);
    if (held.leaflets > 0) text += fmt::format("，发放宣传资料{}余份", held.leaflets);
    return text + "。";
  }

  void write_activity(const Held& held, int running) {
    const bool tells_in_text = headings_ == Headings::in_text;
    const std::string heading = held.has_entry ? "消防宣传" + held.entry.name : "消防宣传活动";
    switch (headings_) {
      case Headings::numbered:
        add_line("（" + chinese_number(running) + "）" + heading);
        break;
      case Headings::bare:
        add_line(heading).is_bold = true;
        break;
      case Headings::in_line:
        if (held.has_entry) break;
        add_line(heading).is_bold = true;
        break;
      case Headings::in_text:
        break;
    }
    const bool in_line = headings_ == Headings::in_line && held.has_entry;
    add_line((in_line ? heading + "：" : "") + text_of(held, tells_in_text));
    if (one_in(4)) add_line("通过宣传，进一步增强了大家的安全意识。");
    if (!are_pictures_behind_) write_pictures(held.pictures);
  }

  documents::ReadPicture picture() { return {fmt::format("word/media/image{}.jpeg", ++parts_), "image/jpeg", {}, false}; }

  void write_pictures(int count) {
    if (count == 0) return;
    switch (pictures_) {
      case Pictures::one_each:
        for (int index = 0; index < count; ++index) add_line("").pictures.push_back(picture());
        return;
      case Pictures::together:
        for (auto& line = add_line(""); count > 0; --count) line.pictures.push_back(picture());
        return;
      case Pictures::captioned:
        for (int index = 0; index < count; ++index) {
          add_line("").pictures.push_back(picture());
          add_line(fmt::format("图片{}", ++captions_)).is_centred = true;
        }
        return;
      case Pictures::in_table:
        write_picture_table(count);
        return;
    }
  }

  void write_picture_table(int count) {
    ReadTable table;
    table.columns = count;
    std::vector<ReadCell> pictures;
    std::vector<ReadCell> captions;
    for (int column = 0; column < count; ++column) {
      ReadParagraph shown;
      shown.pictures.push_back(picture());
      ReadParagraph caption;
      caption.text = fmt::format("图片{}", ++captions_);
      pictures.push_back({{shown}, column, 1, 1});
      captions.push_back({{caption}, column, 1, 1});
    }
    table.rows = {std::move(pictures), std::move(captions)};
    reading().blocks.emplace_back(std::move(table));
  }

  void write_pictures_behind() {
    if (one_in(2)) add_line("活动照片");
    int count = 0;
    for (const auto& held : held_) count += held.pictures;
    write_pictures(count);
  }

  static ReadCell cell(const std::string& text, int column) {
    ReadParagraph paragraph;
    paragraph.text = text;
    return {{paragraph}, column, 1, 1};
  }

  void write_table() {
    ReadTable table;
    table.columns = 4;
    std::vector<std::string> heads = {"时间", "地点", "内容", "照片"};
    if (one_in(2)) heads = {"活动时间", "活动地点", "活动情况", "活动图片"};
    table.rows.emplace_back();
    for (int column = 0; column < 4; ++column) table.rows.back().push_back(cell(heads[static_cast<std::size_t>(column)], column));
    for (const auto& held : held_) {
      std::vector<ReadCell> row;
      row.push_back(cell(day_in_words(held.day), 0));
      row.push_back(cell(held.where, 1));
      std::string text = held.has_entry ? "消防宣传" + held.entry.name : "消防宣传";
      if (held.people > 0) text += fmt::format("，参加群众约{}人", held.people);
      if (held.leaflets > 0) text += fmt::format("，发放宣传资料{}余份", held.leaflets);
      row.push_back(cell(text, 2));
      ReadCell shown{{}, 3, 1, 1};
      for (int index = 0; index < held.pictures; ++index) {
        ReadParagraph paragraph;
        paragraph.pictures.push_back(picture());
        shown.blocks.emplace_back(std::move(paragraph));
      }
      row.push_back(std::move(shown));
      table.rows.push_back(std::move(row));
    }
    reading().blocks.emplace_back(std::move(table));
  }

  // ── what is true of it ──

  void write_truth() {
    auto& truth = variant_.one.truth;
    const bool is_place_disputed = title_place_ || file_place_ || sender_place_;
    if (!is_place_disputed) truth.place = place_.id;
    truth.form = Deliverable::report;
    if (!title_month_ && !subject_month_) truth.month = month_;
    int pictures = 0;
    for (const auto& held : held_) {
      TrueActivity activity;
      activity.week = held.week.number;
      if (has_moved_day_ && !held.week.days.contains(held.day)) activity.week.reset();
      if (held.has_entry) activity.entry = held.entry.id;
      activity.pictures = are_pictures_behind_ ? 0 : held.pictures;
      activity.held_on = held.day;
      if (held.people > 0) activity.people = held.people;
      if (held.leaflets > 0) activity.leaflets = held.leaflets;
      pictures += held.pictures;
      truth.activities.push_back(activity);
    }
    truth.unplaced = are_pictures_behind_ ? pictures : 0;
  }

  std::mt19937 random_;
  Variant variant_;
  Place place_;
  Place other_place_;
  Month month_;
  Month other_month_;
  std::vector<Held> held_;
  std::optional<Place> title_place_;
  std::optional<Place> file_place_;
  std::optional<Place> sender_place_;
  std::optional<Month> title_month_;
  std::optional<Month> subject_month_;
  bool has_moved_day_ = false;
  bool are_pictures_behind_ = false;
  bool in_letter_ = false;
  Weeks weeks_ = Weeks::with_days;
  Days days_ = Days::words;
  Headings headings_ = Headings::numbered;
  Pictures pictures_ = Pictures::one_each;
  int parts_ = 0;
  int captions_ = 0;
};

}  // namespace

Variant variant(std::uint32_t seed) { return Writer(seed).write(); }

}  // namespace wujin::mailbox::fixture
