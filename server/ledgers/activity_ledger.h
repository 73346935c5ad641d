#pragma once

#include <span>
#include <vector>

#include "activities/activities_store.h"
#include "campaigns/campaign.h"
#include "ledgers/ledger.h"
#include "places/place.h"

namespace wujin::ledgers {

std::span<const LedgerColumn> activity_columns();

// What a row is read by.
struct Reading {
  const campaigns::Campaign& campaign;
  const places::Tree& tree;
  Language language = Language::chinese;
};

// An activity as a row: a cell for each column. Identifiers stand as the campaign calls them.
std::vector<spreadsheets::Cell> row_of(const activities::CountedActivity& activity, const Reading& reading,
                                       std::span<const LedgerColumn* const> columns);

}  // namespace wujin::ledgers
