#include "campaigns/plan_form.h"

#include "base/text.h"

namespace wujin::campaigns {
namespace {

// What the narrower of the form's two wide columns takes in one line (44 mm at 14 pt); longer words are set from the left.
constexpr std::size_t most_in_a_line = 8;

bool wraps(const std::string& words) { return count_characters(words) > most_in_a_line; }

}  // namespace

documents::Value::Object plan_row_values(const PlanRowWords& words) {
  constexpr std::string_view dash = "—";
  const auto cut = words.week_dates.find(dash);
  const bool is_one_day = cut == std::string::npos;
  return {{"week_label", words.week_label},
          {"week_dates", words.week_dates},
          {"week_from", words.week_dates.substr(0, cut)},
          {"week_to", is_one_day ? std::string() : words.week_dates.substr(cut + dash.size())},
          {"places", words.places},
          {"places_wrap", wraps(words.places)},
          {"focus", words.focus},
          {"focus_wrap", wraps(words.focus)},
          {"in_charge", words.in_charge}};
}

}  // namespace wujin::campaigns
