#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "plans/plan.h"

namespace wujin::plans {

std::span<const Migration> migrations();

// One nobody changed yet has version 0 and is empty.
PlanHead find_head(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& place);
// Inserts or replaces.
void keep_head(Transaction& transaction, const CampaignId& campaign, const PlaceId& place, const PlanHead& head);

// Of one plan, by month, date and order; deleted ones left out.
std::vector<PlanRow> rows_of(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& place);

// A row with the plan it belongs to, a deleted one included.
struct FoundRow {
  PlanRow row;
  CampaignId campaign;
  PlaceId place;
};
std::optional<FoundRow> find_row(Snapshot& snapshot, const Id<PlanRow>& id);
// The rows of all plans of a campaign that touch these days, by plan; deleted ones left out.
std::vector<FoundRow> rows_touching(Snapshot& snapshot, const CampaignId& campaign, Date from, Date to);

// The rows of all plans of a campaign that stand under a month, by plan; deleted ones left out.
std::vector<FoundRow> rows_of_month(Snapshot& snapshot, const CampaignId& campaign, Month month);
// The rows of a place in every campaign that are not over before `from`; deleted ones left out.
std::vector<FoundRow> rows_not_over(Snapshot& snapshot, const PlaceId& place, Date from);

void insert_row(Transaction& transaction, const CampaignId& campaign, const PlaceId& place, const PlanRow& row);
void update_row(Transaction& transaction, const PlanRow& row);
void mark_row_deleted(Transaction& transaction, const Id<PlanRow>& id, std::int64_t version, Instant at);

}  // namespace wujin::plans
