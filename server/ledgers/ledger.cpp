#include "ledgers/ledger.h"

#include <algorithm>

#include "ledgers/activity_ledger.h"
#include "ledgers/filing_ledger.h"
#include "ledgers/plan_ledger.h"
#include "ledgers/report_ledger.h"

namespace wujin::ledgers {

std::string_view name_of(Ledger ledger, Language language) {
  const bool is_english = language == Language::english;
  switch (ledger) {
    case Ledger::activities:
      return is_english ? "Activities" : "活动台账";
    case Ledger::plans:
      return is_english ? "Plans" : "计划台账";
    case Ledger::reports:
      return is_english ? "Monthly reports" : "月报台账";
    case Ledger::filing:
      return is_english ? "Filing" : "报送情况";
  }
  return "";
}

std::span<const LedgerColumn> columns_of(Ledger ledger) {
  switch (ledger) {
    case Ledger::activities:
      return activity_columns();
    case Ledger::plans:
      return plan_columns();
    case Ledger::reports:
      return report_columns();
    case Ledger::filing:
      return filing_columns();
  }
  return {};
}

Result<std::vector<const LedgerColumn*>> chosen_columns(Ledger ledger, const std::vector<std::string>& ids) {
  if (ids.empty()) return Problem::at("chosen", ProblemCode::required);
  const auto columns = columns_of(ledger);
  std::vector<const LedgerColumn*> chosen;
  for (const std::string& id : ids) {
    const auto column = std::ranges::find(columns, id, &LedgerColumn::id);
    if (column == columns.end()) return Problem::at("chosen", ProblemCode::unknown_choice, {{"value", id}});
    if (std::ranges::find(chosen, &*column) != chosen.end()) return Problem::at("chosen", ProblemCode::duplicate);
    chosen.push_back(&*column);
  }
  return chosen;
}

std::vector<const LedgerColumn*> usual_columns(Ledger ledger) {
  std::vector<const LedgerColumn*> usual;
  for (const LedgerColumn& column : columns_of(ledger)) {
    if (column.usual) usual.push_back(&column);
  }
  return usual;
}

std::vector<spreadsheets::Column> heads_of(std::span<const LedgerColumn* const> columns, Language language) {
  std::vector<spreadsheets::Column> heads;
  for (const LedgerColumn* column : columns) heads.push_back({std::string(column->name(language)), column->width});
  return heads;
}

}  // namespace wujin::ledgers
