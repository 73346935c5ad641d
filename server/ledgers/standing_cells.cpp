#include "ledgers/standing_cells.h"

namespace wujin::ledgers {
namespace {

using handins::Standing;
using spreadsheets::Cell;

// As the desk says it (strings.md, st.*).
std::string_view word_of(Standing standing, Language language) {
  const bool is_english = language == Language::english;
  switch (standing) {
    case Standing::not_due:
      return is_english ? "Not due" : "未到期";
    case Standing::due:
      return is_english ? "To hand in" : "待报送";
    case Standing::overdue:
      return is_english ? "Overdue" : "逾期未报";
    case Standing::submitted:
      return is_english ? "Handed in, awaiting review" : "已报送，待审核";
    case Standing::withdrawn:
      return is_english ? "Withdrawn, to hand in again" : "已撤回，待重报";
    case Standing::returned:
      return is_english ? "Returned, to correct" : "已退回，待补正";
    case Standing::resubmitted:
      return is_english ? "Corrected, awaiting review" : "已补正，待审核";
    case Standing::accepted:
      return is_english ? "Accepted" : "已审核";
    case Standing::exempt:
      return is_english ? "Exempt" : "免报";
    case Standing::na:
      return is_english ? "Not applicable" : "不适用";
  }
  return "";
}

}  // namespace

Cell standing_cell(Standing standing, Language language) { return std::string(word_of(standing, language)); }

Cell moment_cell(const std::optional<Instant>& instant) {
  if (!instant) return {};
  std::string text = to_string(*instant).substr(0, 16);
  text[10] = ' ';
  return text;
}

Cell timeliness_cell(const std::optional<bool>& on_time, Language language) {
  if (!on_time) return {};
  const bool is_english = language == Language::english;
  if (*on_time) return is_english ? "On time" : "按时";
  return is_english ? "Late" : "逾期";
}

Cell yes_cell(bool is_so, Language language) {
  if (!is_so) return {};
  return language == Language::english ? "yes" : "是";
}

Cell number_cell(const std::optional<int>& count) { return count ? Cell(std::int64_t{*count}) : Cell(); }

}  // namespace wujin::ledgers
