#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "people/actor.h"
#include "places/place.h"
#include "secrets/token.h"

// Calendars of deadlines and plan rows, read by whoever holds the secret link.
namespace wujin::reminders {

using campaigns::CampaignId;
using places::PlaceId;

struct Feed {
  Id<Feed> id;
  CampaignId campaign;
  PlaceId place;  // a town stands for all its places
  Id<people::Account> account;
  Instant created_at;
};

// A feed with its token, which nobody can read again.
struct NewFeed {
  Feed feed;
  std::string token;
};

// Errors: not_found, also for a place the actor may not read; too_many.
Result<NewFeed> make_feed(Transaction& transaction, campaigns::Catalogue& catalogue, Randomness& randomness,
                          const people::Actor& actor, const CampaignId& campaign, const PlaceId& place, Instant now);
// One's own, the latest first.
std::vector<Feed> own_feeds(Snapshot& snapshot, const people::Actor& actor);
// Errors: not_found, also for another's.
Result<> revoke_feed(Transaction& transaction, const people::Actor& actor, const Id<Feed>& id, Instant now);
// All of somebody who leaves; answers how many. Who may is judged by the caller.
int revoke_feeds_of(Transaction& transaction, const people::Actor& actor, const Id<people::Account>& account, Instant now);

// The calendar behind a token. It shows what its maker may read now; nothing is left of it once that account is disabled, lost
// its role or revoked it. Errors: not_found.
Result<std::string> read_feed(Snapshot& snapshot, campaigns::Catalogue& catalogue, std::string_view token, Instant now);

}  // namespace wujin::reminders
