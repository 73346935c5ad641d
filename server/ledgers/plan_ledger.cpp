#include "ledgers/plan_ledger.h"

#include "ledgers/column_table.h"
#include "ledgers/standing_cells.h"

namespace wujin::ledgers {
namespace {

using plans::PlanAnswer;
using plans::RowAnswer;
using spreadsheets::Cell;
using PlanColumn = ReadColumn<PlanAnswer, RowAnswer, Language>;

Cell places_cell(const RowAnswer& row, Language language) {
  std::string text;
  for (const std::string& name : row.place_names) {
    if (!text.empty()) text += language == Language::english ? ", " : "、";
    text += name;
  }
  return text;
}

Cell optional_cell(const std::optional<std::string>& text) { return text ? Cell(*text) : Cell(); }

// clang-format off
const PlanColumn plan_cells[] = {
    {{"place", "村（社区）", "Place", 18, true}, [](const PlanAnswer& plan, const RowAnswer&, const Language&) -> Cell { return plan.place_name; }},
    {{"week", "活动周期", "Week", 12, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) -> Cell { return row.week_label; }},
    {{"from", "开始日期", "From", 11, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) -> Cell { return row.from; }},
    {{"to", "结束日期", "To", 11, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) -> Cell { return row.to; }},
    {{"places", "计划地点", "Places", 26, true}, [](const PlanAnswer&, const RowAnswer& row, const Language& language) { return places_cell(row, language); }},
    {{"focus", "宣传重点", "Focus", 30, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) -> Cell { return row.focus; }},
    {{"topic", "宣传主题", "Topic", 20, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) { return optional_cell(row.topic); }},
    {{"in_charge", "负责人", "In charge", 14, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) -> Cell { return row.in_charge; }},
    {{"done", "已开展（场）", "Held", 10, true}, [](const PlanAnswer&, const RowAnswer& row, const Language&) -> Cell { return static_cast<std::int64_t>(row.done.size()); }},
    {{"state", "计划表状态", "State of the plan", 16, false}, [](const PlanAnswer& plan, const RowAnswer&, const Language& language) { return standing_cell(plan.state, language); }},
};
// clang-format on

}  // namespace

std::span<const LedgerColumn> plan_columns() {
  static const auto choices = choices_of(std::span<const PlanColumn>(plan_cells));
  return choices;
}

std::vector<Cell> row_of(const PlanAnswer& plan, const RowAnswer& row, Language language,
                         std::span<const LedgerColumn* const> chosen) {
  return row_by(std::span<const PlanColumn>(plan_cells), chosen, plan, row, language);
}

}  // namespace wujin::ledgers
