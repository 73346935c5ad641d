#pragma once

#include <optional>
#include <string>
#include <vector>

#include "appraisal/appraisal_store.h"
#include "base/result.h"
#include "campaigns/catalogue.h"
#include "people/actor.h"

// What people do with an appraisal: read it, freeze it, object to it, answer. Rights are judged here.
namespace wujin::appraisal {

// An appraisal as far as the actor may read it, as of now or as it was frozen.
struct OpenAppraisal {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
  Appraisal appraisal;
  std::optional<Version> version;     // that it was frozen as
  std::vector<Version> versions;      // the newest first
  std::vector<Objection> objections;  // of the places in it
};

// A village reads its own line, a station all of its town. `version` is the number of a frozen one.
// Errors: not_found (also for a campaign that appraises nothing, and a version there is none of).
Result<OpenAppraisal> open_appraisal(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                     const CampaignId& campaign, std::optional<int> version, Instant now);
// The same of one place. Errors: not_found.
Result<OpenAppraisal> open_place(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                 const CampaignId& campaign, const PlaceId& place, std::optional<int> version, Instant now);

struct FreezeRequest {
  std::string note;
};
BOOST_DESCRIBE_STRUCT(FreezeRequest, (), (note))

struct Frozen {
  Version version;
  bool is_new = false;
};
// Keeps the whole appraisal as it stands; under the same id once only. Errors: not_found, forbidden, validation (note), conflict
// (the id is another campaign's).
Result<Frozen> freeze(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                      const CampaignId& campaign, const VersionId& id, const FreezeRequest& request, Instant now);

struct ObjectionRequest {
  std::string item;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ObjectionRequest, (), (item, text))

struct PutObjection {
  Objection objection;
  bool is_new = false;
};
// Makes an objection, or words it anew until it is answered. Errors: not_found, forbidden, validation, conflict (another's id, or
// answered already).
Result<PutObjection> put_objection(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const CampaignId& campaign, const PlaceId& place, const ObjectionId& id,
                                   const ObjectionRequest& request, Instant now);

struct AnswerRequest {
  std::string text;
  bool upheld = false;
};
BOOST_DESCRIBE_STRUCT(AnswerRequest, (), (text, upheld))

// Answers an objection; an answer that stands is changed only under the etag that was seen. Errors: not_found, forbidden,
// validation, stale.
Result<Objection> answer_objection(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const CampaignId& campaign, const PlaceId& place, const ObjectionId& id,
                                   const AnswerRequest& request, const std::optional<std::string>& etag, Instant now);

std::string etag_of(const Objection& objection);

bool may_freeze(const people::Actor& actor, const OpenAppraisal& open);
bool may_object(const people::Actor& actor, const places::Tree& tree, const PlaceId& place);

}  // namespace wujin::appraisal
