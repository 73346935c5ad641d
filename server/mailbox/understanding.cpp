#include "mailbox/understanding.h"

#include <algorithm>
#include <utility>

#include "mailbox/campaign_words.h"
#include "mailbox/form_finding.h"
#include "mailbox/letter_text.h"
#include "mailbox/line_kinds.h"
#include "mailbox/month_finding.h"
#include "mailbox/picture_placing.h"
#include "mailbox/place_finding.h"
#include "mailbox/place_names.h"
#include "mailbox/plain_text.h"
#include "mailbox/plan_reading.h"
#include "mailbox/read_source.h"
#include "mailbox/report_settling.h"
#include "mailbox/summary_reading.h"

namespace wujin::mailbox {
namespace {

using documents::ReadingFault;

std::u32string name_without_extension(const std::string& name) {
  const auto dot = name.rfind('.');
  return plain(dot == std::string::npos || dot == 0 ? name : name.substr(0, dot));
}

std::u32string text_of_all(const std::vector<documents::Block>& blocks) {
  std::u32string text;
  std::string all = documents::text_of(blocks);
  std::string_view rest = all;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = plain(rest.substr(0, end));
    if (!line.empty()) text += line + U"\n";
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return text;
}

class Reader {
 public:
  Reader(const Incoming& incoming, const campaigns::Campaign& campaign, const places::Tree& tree,
         std::span<const KnownSender> senders)
      : incoming_(incoming), campaign_(campaign), tree_(tree), senders_(senders), words_(campaign), places_(campaign, tree) {}

  Understanding run() {
    read_sources();
    choose_main();
    const auto place = find_place(incoming_, sources_, main_, places_, tree_, senders_);
    result_.place = place.place;
    add(place.doubts);
    understand_main();
    note_what_is_missing();
    return std::move(result_);
  }

 private:
  void doubt(Doubt doubt) {
    if (std::find(result_.doubts.begin(), result_.doubts.end(), doubt) == result_.doubts.end()) result_.doubts.push_back(doubt);
  }
  void add(const std::vector<Doubt>& doubts) {
    for (const auto one : doubts) doubt(one);
  }

  void read_sources() {
    const auto subject = plain(incoming_.subject);
    sources_.reserve(incoming_.sources.size());
    for (std::size_t index = 0; index < incoming_.sources.size(); ++index) {
      const auto& source = incoming_.sources[index];
      sources_.emplace_back();
      auto& read = sources_.back();
      read.index = static_cast<int>(index);
      read.is_letter = source.name.empty();
      if (read.is_letter) read.own = own_words(source.reading);
      const auto& reading = read.is_letter ? read.own : source.reading;
      read.lines = lines_of(reading);
      read.outline = outline_of(read.lines.items, words_, places_);
      read.name = name_without_extension(source.name);
      for (const auto& line : read.outline.title) read.title += line.plain;
      read.text = text_of_all(reading.blocks);
      keep_only_text(read);
      find_form(read, {subject, incoming_.received_on}, words_, places_);
    }
  }

  // A report of one text that tells no day still is one activity.
  void keep_only_text(ReadSource& read) const {
    auto& outline = read.outline;
    if (outline.activities() > 0 || outline.has_week_headings() || !outline.reason.empty() || !read.lines.plan_tables.empty())
      return;
    std::u32string all;
    for (const auto& line : outline.intro) all += line.plain;
    if (all.empty()) return;
    if (tells_that_nothing_was_held(all)) {
      outline.reason = std::exchange(outline.intro, {});
      return;
    }
    constexpr std::size_t long_enough = 25;
    const bool names_entry = !words_.entries_in(all, false).empty();
    if (all.size() < long_enough || !(names_entry || (read.lines.pictures > 0 && words_.topic_of(all) == Topic::certain))) return;
    if (outline.parts.empty()) outline.parts.emplace_back();
    Draft draft;
    draft.paragraphs = std::exchange(outline.intro, {});
    draft.pictures = std::exchange(outline.parts.front().before, {});
    outline.parts.front().drafts.push_back(std::move(draft));
  }

  static bool is_same_text(const ReadSource& one, const ReadSource& other) { return bare(one.text) == bare(other.text); }

  void choose_main() {
    std::vector<ReadSource*> sure;
    std::vector<ReadSource*> rest;
    for (auto& source : sources_) {
      if (source.is_letter) continue;
      const bool is_copy = std::any_of(sure.begin(), sure.end(), [&](const auto* other) { return is_same_text(*other, source); });
      if (is_copy) continue;
      const bool is_sure = source.form.form && source.form.percent >= sure_from;
      (is_sure ? sure : rest).push_back(&source);
    }
    const auto likely = [](const ReadSource* one, const ReadSource* other) { return one->form.percent < other->form.percent; };
    if (!sure.empty()) {
      main_ = sure.front();
    } else if (!rest.empty()) {
      auto* best = *std::max_element(rest.begin(), rest.end(), likely);
      if (best->form.form || !has_letter_for_main()) main_ = best;
    }
    if (sure.empty()) choose_letter();
    is_several_ = sure.size() > 1;
    for (const auto* other : rest) {
      if (other == main_ || is_list_of_names(*other)) continue;
      if (has_only_pictures(*other)) {
        extra_.push_back(other);
      } else if (main_ != nullptr && !bare(other->text).empty()) {
        is_several_ = true;
      }
    }
    if (main_ != nullptr && main_ != letter() && letter() != nullptr && tells_more_than_main(*letter())) is_several_ = true;
  }

  const ReadSource* letter() const { return !sources_.empty() && sources_.front().is_letter ? &sources_.front() : nullptr; }
  bool has_letter_for_main() const { return letter() != nullptr && letter()->form.percent >= sure_from; }

  // The letter is the report itself when nothing that came with it is one.
  void choose_letter() {
    if (letter() == nullptr || !letter()->form.form) return;
    if (main_ == nullptr || letter()->form.percent > main_->form.percent) main_ = letter();
  }

  // A letter that is a report of its own beside the one it brings.
  bool tells_more_than_main(const ReadSource& letter) const {
    if (letter.form.percent < sure_from || letter.outline.activities() == 0) return false;
    const auto here = bare(letter.text);
    const auto there = bare(main_->text);
    for (const auto& part : letter.outline.parts) {
      for (const auto& draft : part.drafts) {
        for (const auto& paragraph : draft.paragraphs) {
          if (!contains(there, bare(paragraph.plain))) return true;
        }
      }
    }
    return false;
  }

  void understand_main() {
    if (main_ == nullptr) {
      only_pictures();
      return;
    }
    if (has_only_pictures(*main_) &&
        main_->form.form.value_or(campaigns::Deliverable::report) == campaigns::Deliverable::report) {
      extra_.push_back(main_);
      main_ = main_->is_letter ? nullptr : main_;
      only_pictures();
      return;
    }
    if (!main_->form.form) {
      doubt(Doubt::form_unknown);
      return;
    }
    result_.form = {main_->form.form, main_->form.percent, main_->form_why,
                    excerpt(main_->title.empty() ? main_->name : main_->title)};
    if (is_several_) {
      result_.form.percent = std::min(result_.form.percent, 50);
      doubt(Doubt::several_forms);
    } else if (!result_.form.is_sure()) {
      doubt(Doubt::form_unknown);
    }
    switch (*main_->form.form) {
      case campaigns::Deliverable::plan:
        plan();
        break;
      case campaigns::Deliverable::report:
        report();
        break;
      case campaigns::Deliverable::summary:
        summary();
        break;
    }
    leave_extra_pictures(*main_->form.form != campaigns::Deliverable::report);
    leave_pictures_not_read();
  }

  void plan() {
    const auto own = result_.place.is_sure() ? result_.place.value : std::nullopt;
    auto read = read_plan(main_->lines.plan_tables, campaign_, places_, own, incoming_.received_on);
    result_.rows = std::move(read.rows);
    if (read.has_unclear_row) doubt(Doubt::row_unclear);
    if (result_.rows.empty()) doubt(Doubt::nothing_in_it);
  }

  void summary() {
    result_.activities = read_summary(*main_);
    if (result_.activities.empty()) doubt(Doubt::nothing_in_it);
    leave_pictures_of(*main_);
  }

  void report() {
    auto month = find_month(incoming_, sources_, main_, campaign_);
    result_.month = month.month;
    add(month.doubts);
    for (const auto& line : main_->outline.reason) {
      if (!result_.no_activity_reason.empty()) result_.no_activity_reason += '\n';
      result_.no_activity_reason += to_utf8(line.shown);
    }
    // Nothing was held, and something was: a person has to say which.
    if (!result_.no_activity_reason.empty() && main_->outline.activities() > 0) doubt(Doubt::form_unknown);
    auto settled = settle_report(main_->outline, {campaign_, words_, places_, *result_.month.value, incoming_.received_on,
                                                  main_->index, incoming_.pictures});
    result_.activities = std::move(settled.activities);
    result_.unplaced = std::move(settled.unplaced);
    add(settled.doubts);
    if (!result_.month.is_sure()) claim_no_days();
    const bool is_empty = result_.activities.empty() && result_.no_activity_reason.empty() && result_.unplaced.empty();
    if (is_empty) doubt(Doubt::nothing_in_it);
  }

  // Weeks and days are of the month.
  void claim_no_days() {
    constexpr int unsure = 60;
    for (auto& activity : result_.activities) {
      activity.week.percent = std::min(activity.week.percent, unsure);
      activity.held_on.percent = std::min(activity.held_on.percent, unsure);
    }
  }

  // Pictures and no word of a report: a month's pictures of that village.
  void only_pictures() {
    const auto* letter_read = letter();
    const bool has_any =
        !incoming_.pictures.empty() || !extra_.empty() || (letter_read != nullptr && letter_read->lines.pictures > 0);
    if (!has_any) {
      doubt(Doubt::form_unknown);
      return;
    }
    std::u32string said = plain(incoming_.subject);
    for (const auto& source : sources_) said += U"\n" + source.name + U"\n" + source.text;
    const bool is_told = words_.topic_of(said) != Topic::none;
    const bool is_known = result_.place.is_sure() && result_.place.why == Why::known_sender;
    const bool is_bare = bare(letter_read != nullptr ? letter_read->text : std::u32string()).size() <= 40;
    result_.form = {campaigns::Deliverable::report, is_told || (is_known && is_bare) ? 82 : 60, Why::only_choice,
                    excerpt(plain(incoming_.subject))};
    if (!result_.form.is_sure()) doubt(Doubt::form_unknown);
    auto month = find_month(incoming_, sources_, main_, campaign_);
    result_.month = month.month;
    add(month.doubts);
    leave_loose_pictures();
    leave_extra_pictures(false);
    leave_pictures_not_read();
    const bool is_left =
        main_ != nullptr || letter_read == nullptr || std::find(extra_.begin(), extra_.end(), letter_read) != extra_.end();
    if (!is_left) leave_pictures_of(*letter_read);
    doubt(Doubt::pictures_unplaced);
  }

  void leave_loose_pictures() {
    for (std::size_t index = 0; index < incoming_.pictures.size(); ++index) {
      result_.unplaced.push_back({-1, static_cast<int>(index), name_in_path(incoming_.pictures[index])});
    }
  }

  void leave_pictures_of(const ReadSource& source) {
    for (int number = 0; number < source.lines.pictures; ++number) result_.unplaced.push_back({source.index, number, {}});
  }

  void leave_extra_pictures(bool loose_too) {
    if (loose_too) leave_loose_pictures();
    for (const auto* source : extra_) leave_pictures_of(*source);
    if (main_ != nullptr && letter() != nullptr && main_ != letter()) leave_pictures_of(*letter());
    if (!result_.unplaced.empty()) doubt(Doubt::pictures_unplaced);
  }

  // Behind what the sender wrote: under a signature, within a letter that was answered.
  void leave_pictures_not_read() {
    if (letter() == nullptr) return;
    const auto all = static_cast<int>(documents::pictures_of(incoming_.sources.front().reading.blocks).size());
    for (int number = letter()->lines.pictures; number < all; ++number) {
      result_.unplaced.push_back({letter()->index, number, {}});
      doubt(Doubt::pictures_unplaced);
    }
  }

  void note_what_is_missing() {
    if (!incoming_.unreadable.empty()) doubt(Doubt::unreadable);
    if (!incoming_.cloud_files.empty()) doubt(Doubt::cloud_file);
    for (const auto& source : incoming_.sources) {
      for (const auto fault : source.reading.faults) {
        const bool is_loss = fault == ReadingFault::cut || fault == ReadingFault::embedded_object ||
                             fault == ReadingFault::missing_picture || fault == ReadingFault::unknown_picture;
        if (is_loss) doubt(Doubt::unreadable);
      }
    }
  }

  const Incoming& incoming_;
  const campaigns::Campaign& campaign_;
  const places::Tree& tree_;
  std::span<const KnownSender> senders_;
  CampaignWords words_;
  PlaceNames places_;
  std::vector<ReadSource> sources_;
  const ReadSource* main_ = nullptr;
  std::vector<const ReadSource*> extra_;  // documents of pictures only
  bool is_several_ = false;
  Understanding result_;
};

}  // namespace

Understanding understand(const Incoming& incoming, const campaigns::Campaign& campaign, const places::Tree& tree,
                         std::span<const KnownSender> senders) {
  return Reader(incoming, campaign, tree, senders).run();
}

}  // namespace wujin::mailbox
