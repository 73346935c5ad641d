#include "ledgers/filing_ledger.h"

#include <algorithm>
#include <array>

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

// 2023-10-26 09:00
std::string moment(Instant instant) {
  std::string text = to_string(instant).substr(0, 16);
  text[10] = ' ';
  return text;
}

// The deadline as the day that is still on time.
Cell due_cell(const deadlines::Cell& cell) { return china_date(cell.due_at - std::chrono::milliseconds(1)); }

Cell timeliness_cell(const deadlines::Cell& cell, Language language) {
  if (!cell.on_time) return {};
  const bool is_english = language == Language::english;
  if (*cell.on_time) return is_english ? "On time" : "按时";
  return is_english ? "Late" : "逾期";
}

Cell late_cell(const deadlines::Cell& cell) { return cell.late_days ? Cell(std::int64_t{*cell.late_days}) : Cell(); }

struct FilingColumn {
  LedgerColumn column;
  Cell (*cell)(const deadlines::PlaceRow&, const deadlines::Cell&, Language);
};

using Row = deadlines::PlaceRow;
using Owed = deadlines::Cell;

// clang-format off
const FilingColumn columns[] = {
    {{"place", "村（社区）", "Place", 18, true}, [](const Row& row, const Owed&, Language) -> Cell { return row.place_name; }},
    {{"deliverable", "报送内容", "Deliverable", 22, true}, [](const Row&, const Owed& cell, Language) -> Cell { return cell.name; }},
    {{"due", "截止日期", "Due", 11, true}, [](const Row&, const Owed& cell, Language) { return due_cell(cell); }},
    {{"state", "状态", "State", 16, true}, [](const Row&, const Owed& cell, Language language) -> Cell { return std::string(word_of(cell.state, language)); }},
    {{"submitted", "首次报送时间", "First handed in", 17, true}, [](const Row&, const Owed& cell, Language) { return cell.submitted_at ? Cell(moment(*cell.submitted_at)) : Cell(); }},
    {{"timeliness", "是否按时", "Timeliness", 9, true}, [](const Row&, const Owed& cell, Language language) { return timeliness_cell(cell, language); }},
    {{"late_days", "逾期天数", "Days late", 9, true}, [](const Row&, const Owed& cell, Language) { return late_cell(cell); }},
    {{"return_reason", "退回原因", "Returned because", 30, false}, [](const Row&, const Owed& cell, Language) { return cell.returned ? Cell(cell.returned->reason) : Cell(); }},
    {{"exempt_reason", "免报原因", "Exempt because", 30, false}, [](const Row&, const Owed& cell, Language) { return cell.exempt_reason ? Cell(*cell.exempt_reason) : Cell(); }},
};
// clang-format on

}  // namespace

std::span<const LedgerColumn> filing_columns() {
  static const auto plain = [] {
    std::array<LedgerColumn, std::size(columns)> all;
    std::ranges::transform(columns, all.begin(), &FilingColumn::column);
    return all;
  }();
  return plain;
}

std::vector<Cell> row_of(const Row& place, const Owed& cell, Language language, std::span<const LedgerColumn* const> chosen) {
  std::vector<Cell> row;
  row.reserve(chosen.size());
  for (const LedgerColumn* column : chosen) {
    const auto found = std::ranges::find(columns, column->id, [](const FilingColumn& each) { return each.column.id; });
    row.push_back(found->cell(place, cell, language));
  }
  return row;
}

}  // namespace wujin::ledgers
