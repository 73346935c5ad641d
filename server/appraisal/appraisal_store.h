#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/appraisal.h"
#include "database/database.h"
#include "database/migrate.h"

namespace wujin::appraisal {

std::span<const Migration> migrations();

struct VersionRecord;  // marks an id of appraisal_versions
struct ObjectionRecord;
using VersionId = Id<VersionRecord>;
using ObjectionId = Id<ObjectionRecord>;

// A frozen appraisal without its content. Names stand as they were on the day.
struct Version {
  VersionId id;
  int number = 1;
  Instant frozen_at;
  std::string frozen_by;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(Version, (), (id, number, frozen_at, frozen_by, note))

std::vector<Version> versions_of(Snapshot& snapshot, const CampaignId& campaign);  // the newest first
std::optional<Version> find_version(Snapshot& snapshot, const VersionId& id);
// Nothing when the campaign has no such version.
std::optional<Appraisal> content_of(Snapshot& snapshot, const CampaignId& campaign, int number);
void insert(Transaction& transaction, const Version& version, const PlaceId& town, const Appraisal& content);

struct Answer {
  std::string text;
  bool upheld = false;
  Instant at;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (text, upheld, at, by))

// What a place has against how it stands with an item.
struct Objection {
  ObjectionId id;
  CampaignId campaign;
  PlaceId town;
  PlaceId place;
  std::string item;
  std::string text;
  Instant made_at;
  std::string made_by;
  std::int64_t version = 1;
  std::optional<Answer> answer;
};

std::optional<Objection> find_objection(Snapshot& snapshot, const ObjectionId& id);
// Of a campaign, or of one place of it; the earliest first.
std::vector<Objection> objections_of(Snapshot& snapshot, const CampaignId& campaign, const std::optional<PlaceId>& place);
void insert(Transaction& transaction, const Objection& objection);
// Replaces text, answer and version of the objection with this id.
void update(Transaction& transaction, const Objection& objection);

}  // namespace wujin::appraisal
