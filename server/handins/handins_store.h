#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "database/database.h"
#include "database/migrate.h"
#include "handins/handin.h"
#include "handins/marks.h"

namespace wujin::handins {

std::span<const Migration> migrations();

// In the order of their numbers.
std::vector<Version> versions_of(Snapshot& snapshot, const Subject& subject);

// Every version of a campaign's deliverables and every exemption from them, by place and period: what a board is drawn from.
struct Shelf {
  std::map<std::pair<PlaceId, std::string>, std::vector<Version>> by_place_and_period;
  std::map<std::pair<PlaceId, std::string>, Exemption> exemptions;
  std::span<const Version> of(const PlaceId& place, const std::string& period) const;
  const Exemption* exemption_of(const PlaceId& place, const std::string& period) const;
};
Shelf shelf_of(Snapshot& snapshot, const CampaignId& campaign, Deliverable deliverable);
// Of one period alone.
Shelf shelf_of(Snapshot& snapshot, const CampaignId& campaign, Deliverable deliverable, const std::string& period);

// The marks of every place for one thing owed.
struct PeriodMarks {
  Deliverable deliverable = Deliverable::report;
  std::string period;
  std::string marks;  // each_mark() reads them
};
// Of several campaigns at once, by campaign; none for one in which nothing was handed in.
std::map<CampaignId, std::vector<PeriodMarks>> marks_of(Snapshot& snapshot, std::span<const CampaignId> ids);
// At start: marks whatever was handed in before there were marks.
void mark_if_never_marked(Transaction& transaction);

// Each write below keeps the marks in step.
void insert(Transaction& transaction, const Subject& subject, const Version& version);
// Keeps the decision on a version: state, who, when, why.
void decide(Transaction& transaction, const Subject& subject, const Version& version);
// Keeps an explanation given after the hand-in.
void explain(Transaction& transaction, const Subject& subject, int number, const std::optional<std::string>& explanation);

std::optional<Exemption> exemption_of(Snapshot& snapshot, const Subject& subject);
// Inserts or replaces.
void keep_exemption(Transaction& transaction, const Subject& subject, const Exemption& exemption);
void drop_exemption(Transaction& transaction, const Subject& subject);

}  // namespace wujin::handins
