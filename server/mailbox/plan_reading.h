#pragma once

#include <optional>
#include <vector>

#include "campaigns/campaign.h"
#include "documents/reading.h"
#include "mailbox/place_names.h"
#include "mailbox/understanding.h"

// The rows of a plan's table, whatever its columns are called and in whatever order they stand. Pure.
namespace wujin::mailbox {

struct PlanReading {
  std::vector<FoundRow> rows;
  bool has_unclear_row = false;  // days that cannot be told, or places
};

// `own`: whose plan it is; what names no other place is its own.
PlanReading read_plan(const std::vector<const documents::ReadTable*>& tables, const campaigns::Campaign& campaign,
                      const PlaceNames& places, const std::optional<PlaceId>& own, Date received_on);

}  // namespace wujin::mailbox
