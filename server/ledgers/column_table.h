#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "ledgers/ledger.h"

namespace wujin::ledgers {

// A column with how its cell is read from what a row is made of.
template <class... Parts>
struct ReadColumn {
  LedgerColumn column;
  spreadsheets::Cell (*cell)(const Parts&...);
};

// What a person can choose from.
template <class... Parts>
std::vector<LedgerColumn> choices_of(std::span<const ReadColumn<Parts...>> columns) {
  std::vector<LedgerColumn> choices;
  choices.reserve(columns.size());
  for (const auto& each : columns) choices.push_back(each.column);
  return choices;
}

// One row: a cell for each chosen column, which are all of `columns`.
template <class... Parts>
std::vector<spreadsheets::Cell> row_by(std::span<const ReadColumn<Parts...>> columns, std::span<const LedgerColumn* const> chosen,
                                       const Parts&... parts) {
  std::vector<spreadsheets::Cell> row;
  row.reserve(chosen.size());
  for (const LedgerColumn* column : chosen) {
    const auto found = std::ranges::find(columns, column->id, [](const auto& each) { return each.column.id; });
    row.push_back(found->cell(parts...));
  }
  return row;
}

}  // namespace wujin::ledgers
