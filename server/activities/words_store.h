#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "activities/activities_store.h"
#include "activities/words.h"
#include "database/database.h"

// Blocks of gathered words tile the time of a campaign from its beginning on. A write into a block takes the block away until it
// is gathered again; what no block covers, the newest records above all, is read as it stands.
namespace wujin::activities {

// Gathers the words of records of a campaign that no block covers, a few blocks at a time; answers how many, 0 when nothing is
// left to gather. A block holds about a hundred records; the newest wait until there are as many of them.
int gather_words(Transaction& transaction, const CampaignId& campaign, const PlaceId& town);
// Before a record is written that was held at a moment.
void forget_words(Transaction& transaction, const CampaignId& campaign, Instant held_at);

// The stretches of time whose records may hold some words, from the newest back or from the oldest on.
class WordHunt {
 public:
  // Borrows the snapshot.
  WordHunt(Snapshot& snapshot, const CampaignId& campaign, std::string_view words, const Stretch& within, Order order);

  std::optional<Stretch> next();

 private:
  struct Candidate {
    Stretch stretch;
    bool may_hold_them = false;
  };
  void read_on();
  void look_into(const Candidate& block);
  void offer(Stretch stretch);

  Snapshot& snapshot_;
  CampaignId campaign_;
  SoughtWords sought_;
  Stretch left_;  // not looked at yet
  bool is_newest_first_;
  int at_once_ = 4;
  bool is_done_ = false;
  std::deque<Stretch> offered_;
};

}  // namespace wujin::activities
