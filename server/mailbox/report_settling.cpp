#include "mailbox/report_settling.h"

#include <algorithm>
#include <utility>

#include "mailbox/picture_placing.h"
#include "mailbox/told_numbers.h"
#include "mailbox/week_finding.h"

namespace wujin::mailbox {
namespace {

class Settler {
 public:
  Settler(Outline outline, const Settling& settling)
      : outline_(std::move(outline)), settling_(settling), weeks_(settling.campaign, settling.month, settling.received_on) {}

  SettledReport run() {
    for (const auto& part : outline_.parts) {
      const auto claim = weeks_.claim_of(part.week);
      for (const auto& draft : part.drafts) settle(draft, part.week.has_value(), claim);
    }
    place_pictures(outline_, settling_, weeks_, result_);
    note_doubts();
    return std::move(result_);
  }

 private:
  void settle(const Draft& draft, bool has_heading, const WeekClaim& claim) {
    FoundActivity activity;
    activity.heading = to_utf8(draft.heading.shown);
    std::u32string all;
    for (const auto& paragraph : draft.paragraphs) {
      if (!activity.text.empty()) activity.text += '\n';
      activity.text += to_utf8(paragraph.shown);
      all += paragraph.plain + U"\n";
    }
    const auto told = weeks_.day_told(draft, claim);
    settle_week(activity, told, has_heading, claim);
    const bool tells_of_more = activity.week.value && weeks_.tells_of_another_week(draft, *activity.week.value);
    if (tells_of_more) add_once(result_.doubts, Doubt::date_outside_week);
    // A heading and pictures may be an activity without words, or a caption above the next one's pictures.
    if (draft.paragraphs.empty()) add_once(result_.doubts, Doubt::pictures_unplaced);
    activity.entry = entry_of(draft, all);
    activity.people_about = people_told(all);
    activity.leaflets = leaflets_told(all);
    result_.activities.push_back(std::move(activity));
  }

  void settle_week(FoundActivity& activity, const DayTold& told, bool has_heading, const WeekClaim& claim) {
    if (told.is_elsewhere) {
      add_once(result_.doubts, Doubt::date_outside_week);
      activity.week = {claim.number, claim.number ? 50 : 0, Why::heading, claim.words};
      put_first_day(activity, claim.words);
      return;
    }
    if (told.day) {
      const bool is_in_heading = claim.days && claim.days->contains(*told.day);
      const bool is_disputed =
          has_heading && !claim.number && !is_in_heading && !(claim.is_beyond && weeks_.is_of_last_week(*told.day));
      const int percent = is_disputed ? std::min(told.percent, 70) : told.percent;
      activity.held_on = {told.day, percent, Why::date, told.words};
      const bool is_by_heading = claim.number && weeks_.section_of(*told.day)->week.number == *claim.number;
      activity.week = {weeks_.section_of(*told.day)->week.number, is_by_heading ? std::max(percent, 97) : percent,
                       is_by_heading ? Why::heading : Why::date, is_by_heading ? claim.words : told.words};
      if (is_disputed) add_once(result_.doubts, Doubt::date_outside_week);
      return;
    }
    if (claim.number) {
      activity.week = {claim.number, claim.days ? 96 : 90, Why::heading, claim.words};
      put_first_day(activity, claim.words);
    }
  }

  // Nothing but the week is claimed by it.
  void put_first_day(FoundActivity& activity, const std::string& words) const {
    if (!activity.week.value) return;
    for (const auto& section : weeks_.sections()) {
      if (section.week.number == *activity.week.value) {
        activity.held_on = {section.week.days.from, 40, Why::heading, words};
      }
    }
  }

  Finding<std::string> entry_of(const Draft& draft, std::u32string_view all) const {
    const auto heading = without_places(draft.heading.plain, settling_.places);
    const auto text = without_places(all, settling_.places);
    const auto sentence = first_sentence(text);
    const auto& words = settling_.words;
    const auto in_text = words.entries_in(text, false);
    const auto one = [](const std::vector<std::string>& entries) { return entries.size() == 1; };
    if (const auto named = words.entries_in(heading, false); !named.empty()) {
      const bool agrees = in_text.empty() || std::find(in_text.begin(), in_text.end(), named.front()) != in_text.end();
      return {named.front(), !one(named) ? 60 : agrees ? 97 : 70, Why::heading, excerpt(draft.heading.plain)};
    }
    const auto loosely = words.entries_in(heading, true);
    if (one(loosely) && (in_text.empty() || in_text == loosely)) {
      return {loosely.front(), 86, Why::heading, excerpt(draft.heading.plain)};
    }
    if (const auto named = words.entries_in(sentence, false); !named.empty()) {
      return {named.front(), one(named) && in_text == named ? 88 : 60, Why::text, excerpt(sentence)};
    }
    if (!in_text.empty()) return {in_text.front(), one(in_text) ? 75 : 50, Why::text, excerpt(sentence)};
    if (const auto guess = words.entries_in(sentence, true); !guess.empty()) {
      return {guess.front(), one(guess) ? 70 : 40, Why::text, excerpt(sentence)};
    }
    return {};
  }

  void note_doubts() {
    for (const auto& activity : result_.activities) {
      const bool is_told =
          std::find(result_.doubts.begin(), result_.doubts.end(), Doubt::date_outside_week) != result_.doubts.end();
      if (!activity.week.is_sure() && !is_told) add_once(result_.doubts, Doubt::week_unknown);
      if (!activity.entry.is_sure()) add_once(result_.doubts, Doubt::entry_unknown);
    }
  }

  Outline outline_;
  const Settling& settling_;
  WeekFinder weeks_;
  SettledReport result_;
};

}  // namespace

void add_once(std::vector<Doubt>& doubts, Doubt doubt) {
  if (std::find(doubts.begin(), doubts.end(), doubt) == doubts.end()) doubts.push_back(doubt);
}

SettledReport settle_report(Outline outline, const Settling& settling) { return Settler(std::move(outline), settling).run(); }

}  // namespace wujin::mailbox
