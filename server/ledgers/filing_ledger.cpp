#include "ledgers/filing_ledger.h"

#include "ledgers/column_table.h"
#include "ledgers/standing_cells.h"

namespace wujin::ledgers {
namespace {

using deadlines::PlaceRow;
using spreadsheets::Cell;
using Owed = deadlines::Cell;
using FilingColumn = ReadColumn<PlaceRow, Owed, Language>;

// The deadline as the day that is still on time.
Cell due_cell(const Owed& owed) { return china_date(owed.due_at - std::chrono::milliseconds(1)); }

Cell day_cell(const std::optional<Date>& day) { return day ? Cell(*day) : Cell(); }
Cell returned_cell(const Owed& owed) { return owed.returned ? Cell(owed.returned->reason) : Cell(); }
Cell exempt_cell(const Owed& owed) { return owed.exempt_reason ? Cell(*owed.exempt_reason) : Cell(); }

// clang-format off
const FilingColumn filing_cells[] = {
    {{"place", "村（社区）", "Place", 18, true}, [](const PlaceRow& row, const Owed&, const Language&) -> Cell { return row.place_name; }},
    {{"deliverable", "报送内容", "Deliverable", 22, true}, [](const PlaceRow&, const Owed& owed, const Language&) -> Cell { return owed.name; }},
    {{"due", "截止日期", "Due", 11, true}, [](const PlaceRow&, const Owed& owed, const Language&) { return due_cell(owed); }},
    {{"state", "状态", "State", 16, true}, [](const PlaceRow&, const Owed& owed, const Language& language) { return standing_cell(owed.state, language); }},
    {{"submitted", "首次报送时间", "First handed in", 17, true}, [](const PlaceRow&, const Owed& owed, const Language&) { return moment_cell(owed.submitted_at); }},
    {{"timeliness", "是否按时", "Timeliness", 9, true}, [](const PlaceRow&, const Owed& owed, const Language& language) { return timeliness_cell(owed.on_time, language); }},
    {{"late_days", "逾期天数", "Days late", 9, true}, [](const PlaceRow&, const Owed& owed, const Language&) { return number_cell(owed.late_days); }},
    {{"ended_on", "撤并前最后一天", "Last day before it ended", 14, false}, [](const PlaceRow& row, const Owed&, const Language&) { return day_cell(row.ended_on); }},
    {{"return_reason", "退回原因", "Returned because", 30, false}, [](const PlaceRow&, const Owed& owed, const Language&) { return returned_cell(owed); }},
    {{"exempt_reason", "免报原因", "Exempt because", 30, false}, [](const PlaceRow&, const Owed& owed, const Language&) { return exempt_cell(owed); }},
};
// clang-format on

}  // namespace

std::span<const LedgerColumn> filing_columns() {
  static const auto choices = choices_of(std::span<const FilingColumn>(filing_cells));
  return choices;
}

std::vector<Cell> row_of(const PlaceRow& place, const Owed& owed, Language language,
                         std::span<const LedgerColumn* const> chosen) {
  return row_by(std::span<const FilingColumn>(filing_cells), chosen, place, owed, language);
}

}  // namespace wujin::ledgers
