#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "activities/activity_answer.h"
#include "base/result.h"
#include "campaigns/campaign.h"
#include "database/database.h"
#include "people/actor.h"

// What changed since a phone last asked, with the records a phone keeps for when there is no signal (contract: Changes).
namespace wujin::feed {

enum class Operation : std::uint8_t { put, delete_ };
BOOST_DESCRIBE_ENUM(Operation, put, delete_)

struct ChangeAnswer {
  std::string kind;
  std::string id;
  Operation operation = Operation::put;
  std::optional<std::string> campaign;
  std::optional<std::string> place;
  std::optional<std::string> etag;
  std::optional<activities::ActivityAnswer> activity;
};
BOOST_DESCRIBE_STRUCT(ChangeAnswer, (), (kind, id, operation, campaign, place, etag, activity))

struct ChangesAnswer {
  std::string cursor;
  bool reset = false;
  bool more = false;
  Instant server_time;
  std::vector<ChangeAnswer> items;
};
BOOST_DESCRIBE_STRUCT(ChangesAnswer, (), (cursor, reset, more, server_time, items))

struct ChangesRequest {
  std::optional<std::string> since;
  std::optional<campaigns::CampaignId> campaign;
  std::optional<places::PlaceId> place;
  int limit = 200;
};

// Only what the actor may see, deletions too. Errors: not_found for a place they may not see.
Result<ChangesAnswer> read_changes(Snapshot& snapshot, const people::Actor& actor, const ChangesRequest& request, Instant now);

}  // namespace wujin::feed
