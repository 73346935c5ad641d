#include "ledgers/report_ledger.h"

#include "ledgers/column_table.h"
#include "ledgers/standing_cells.h"

namespace wujin::ledgers {
namespace {

using reports::ReportEntry;
using spreadsheets::Cell;
using ReportColumn = ReadColumn<ReportEntry, Language>;

// clang-format off
const ReportColumn report_cells[] = {
    {{"month", "月份", "Month", 10, true}, [](const ReportEntry& report, const Language&) -> Cell { return to_string(report.month); }},
    {{"place", "村（社区）", "Place", 18, true}, [](const ReportEntry& report, const Language&) -> Cell { return report.place_name; }},
    {{"activities", "活动（场）", "Activities", 10, true}, [](const ReportEntry& report, const Language&) -> Cell { return std::int64_t{report.activities}; }},
    {{"photos", "照片（张）", "Pictures", 10, true}, [](const ReportEntry& report, const Language&) -> Cell { return std::int64_t{report.photos}; }},
    {{"none_held", "本月无活动", "Nothing held", 11, false}, [](const ReportEntry& report, const Language& language) { return yes_cell(report.no_activity, language); }},
    {{"state", "状态", "State", 16, true}, [](const ReportEntry& report, const Language& language) { return standing_cell(report.state, language); }},
    {{"submitted", "首次报送时间", "First handed in", 17, true}, [](const ReportEntry& report, const Language&) { return moment_cell(report.submitted_at); }},
    {{"timeliness", "是否按时", "Timeliness", 9, true}, [](const ReportEntry& report, const Language& language) { return timeliness_cell(report.on_time, language); }},
    {{"late_days", "逾期天数", "Days late", 9, true}, [](const ReportEntry& report, const Language&) { return number_cell(report.late_days); }},
    {{"changed", "报送后有改动", "Changed since", 12, false}, [](const ReportEntry& report, const Language& language) { return yes_cell(report.changed_since_hand_in, language); }},
};
// clang-format on

}  // namespace

std::span<const LedgerColumn> report_columns() {
  static const auto choices = choices_of(std::span<const ReportColumn>(report_cells));
  return choices;
}

std::vector<Cell> row_of(const ReportEntry& report, Language language, std::span<const LedgerColumn* const> chosen) {
  return row_by(std::span<const ReportColumn>(report_cells), chosen, report, language);
}

}  // namespace wujin::ledgers
