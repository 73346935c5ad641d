#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "base/result.h"
#include "spreadsheets/table.h"

// The lists that leave the house as tables, to be kept, printed or pasted into another office's own.
namespace wujin::ledgers {

enum class Ledger : std::uint8_t { activities, plans, reports, filing };
BOOST_DESCRIBE_ENUM(Ledger, activities, plans, reports, filing)

// What stands at the head of the file and in its name: 活动台账.
std::string_view name_of(Ledger ledger, Language language);

// A column a ledger can have. `usual`: in a table for which nobody has chosen.
struct LedgerColumn {
  std::string_view id;
  std::string_view chinese;
  std::string_view english;
  double width = 12;
  bool usual = true;

  std::string_view name(Language language) const { return language == Language::english ? english : chinese; }
};

// What can be chosen from, in its usual order.
std::span<const LedgerColumn> columns_of(Ledger ledger);

// Names what a person chose, in the order chosen. Errors, at "chosen": unknown_choice, duplicate, required for none.
Result<std::vector<const LedgerColumn*>> chosen_columns(Ledger ledger, const std::vector<std::string>& ids);
std::vector<const LedgerColumn*> usual_columns(Ledger ledger);

// The heads of a table.
std::vector<spreadsheets::Column> heads_of(std::span<const LedgerColumn* const> columns, Language language);

}  // namespace wujin::ledgers
