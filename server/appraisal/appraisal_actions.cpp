#include "appraisal/appraisal_actions.h"

#include <algorithm>

#include "audit/trail.h"
#include "base/field_check.h"
#include "base/json.h"
#include "base/text.h"
#include "campaigns/campaigns_actions.h"
#include "coverage/coverage_actions.h"
#include "deadlines/deadlines_actions.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::appraisal {
namespace {

using people::Actor;
using people::Verb;

constexpr int longest_text = 1000;

// A trail's entry for something of this room, ready for before and after.
audit::Entry entry_of(const Actor& actor, const PlaceId& town, const PlaceId& place, std::string_view verb, std::string_view kind,
                      const Uuid& record, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = town.text();
  entry.account = actor.account.uuid();
  entry.verb = verb;
  entry.kind = kind;
  entry.record = record.to_string();
  entry.place = place.text();
  entry.request_id = actor.request_id;
  return entry;
}

Result<Appraisal> draw_now(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const Campaign& campaign,
                           Instant now) {
  const auto board = deadlines::read_board(snapshot, catalogue, actor, campaign.id, now);
  if (!board) return board.error();
  const auto quotas = coverage::read_quotas(snapshot, catalogue, actor, campaign.id, now);
  if (!quotas) return quotas.error();
  const auto held = coverage::read_coverage(snapshot, catalogue, actor, campaign.id, std::nullopt, now);
  if (!held) return held.error();
  return appraise(campaign, *board, *quotas, *held);
}

// Places that have left the tree since stand in what was frozen, for those who read the whole town.
bool may_read(const Actor& actor, const OpenAppraisal& open, const PlaceId& place) {
  const bool is_gone = open.tree.find(place) == nullptr;
  const PlaceId& at = is_gone ? open.bundle->campaign.town : place;
  return people::may(actor, Verb::read_place, open.tree.place_and_ancestors(at));
}

Result<> read_frozen(Snapshot& snapshot, OpenAppraisal& open, const Actor& actor, int number) {
  const auto version = std::ranges::find(open.versions, number, &Version::number);
  if (version == open.versions.end()) return Problem(ProblemCode::not_found);
  open.version = *version;
  open.appraisal = content_of(snapshot, open.bundle->campaign.id, number).value();
  std::erase_if(open.appraisal.places, [&](const PlaceEvidence& place) { return !may_read(actor, open, place.standing.place); });
  return {};
}

bool is_in(const OpenAppraisal& open, const PlaceId& place) {
  return std::ranges::any_of(open.appraisal.places, [&](const PlaceEvidence& each) { return each.standing.place == place; });
}

// A place's line without what would be drawn in it: all that an objection needs.
struct Line {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;

  const Campaign& campaign() const { return bundle->campaign; }
};

Result<Line> find_line(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const CampaignId& id,
                       const PlaceId& place, Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, id, now);
  if (!bundle) return bundle.error();
  Line line{*bundle, places::read_tree(snapshot, china_date(now))};
  const places::Place* found = line.tree.find(place);
  const bool has_line = line.campaign().appraisal.is_wanted() && found != nullptr &&
                        line.tree.is_within(place, line.campaign().town) &&
                        deadlines::owes_something(line.campaign(), found->kind);
  if (!has_line || !people::may(actor, Verb::read_place, line.tree.place_and_ancestors(place)))
    return Problem(ProblemCode::not_found);
  return line;
}

bool may_appraise(const Actor& actor, const places::Tree& tree, const Campaign& campaign) {
  return people::may(actor, Verb::appraise, tree.place_and_ancestors(campaign.town));
}

Result<ObjectionRequest> checked(const ObjectionRequest& request, const Campaign& campaign) {
  const ObjectionRequest tidied{request.item, std::string(trimmed(request.text))};
  FieldCheck check;
  check.text("text", tidied.text, 1, longest_text);
  const auto is_meant = [&](const campaigns::AppraisalItem& item) { return item.enabled && item.id == tidied.item; };
  if (std::ranges::none_of(campaign.appraisal.items, is_meant)) {
    check.add("item", ProblemCode::unknown_choice, {{"value", tidied.item}});
  }
  if (const auto sound = check.result(); !sound) return sound.error();
  return tidied;
}

}  // namespace

Result<OpenAppraisal> open_appraisal(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor,
                                     const CampaignId& id, std::optional<int> version, Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, id, now);
  if (!bundle) return bundle.error();
  const Campaign& campaign = (*bundle)->campaign;
  if (!campaign.appraisal.is_wanted()) return Problem(ProblemCode::not_found);
  OpenAppraisal open{*bundle, places::read_tree(snapshot, china_date(now)), {}, {}, versions_of(snapshot, id), {}};
  if (version) {
    if (const auto read = read_frozen(snapshot, open, actor, *version); !read) return read.error();
  } else {
    auto drawn = draw_now(snapshot, catalogue, actor, campaign, now);
    if (!drawn) return drawn.error();
    open.appraisal = std::move(*drawn);
  }
  if (open.appraisal.places.empty()) return Problem(ProblemCode::not_found);
  open.objections = objections_of(snapshot, id, std::nullopt);
  std::erase_if(open.objections, [&](const Objection& objection) { return !is_in(open, objection.place); });
  return open;
}

Result<OpenAppraisal> open_place(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const CampaignId& id,
                                 const PlaceId& place, std::optional<int> version, Instant now) {
  auto open = open_appraisal(snapshot, catalogue, actor, id, version, now);
  if (!open) return open.error();
  if (!is_in(*open, place)) return Problem(ProblemCode::not_found);
  std::erase_if(open->appraisal.places, [&](const PlaceEvidence& each) { return each.standing.place != place; });
  std::erase_if(open->objections, [&](const Objection& objection) { return objection.place != place; });
  return open;
}

Result<Frozen> freeze(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor, const CampaignId& id,
                      const VersionId& version_id, const FreezeRequest& request, Instant now) {
  const auto open = open_appraisal(transaction, catalogue, actor, id, std::nullopt, now);
  if (!open) return open.error();
  if (!may_freeze(actor, *open)) return Problem(ProblemCode::forbidden);
  if (const auto known = find_version(transaction, version_id)) {
    if (std::ranges::count(open->versions, known->id, &Version::id) == 0) return Problem(ProblemCode::conflict);
    return Frozen{*known, false};
  }
  FieldCheck check;
  const std::string note(trimmed(request.note));
  check.text("note", note, 0, 200);
  if (const auto sound = check.result(); !sound) return sound.error();
  const int number = open->versions.empty() ? 1 : open->versions.front().number + 1;
  const Version version{version_id, number, now, actor.display_name, note};
  const PlaceId& town = open->bundle->campaign.town;
  insert(transaction, version, town, open->appraisal);
  auto entry = entry_of(actor, town, town, "freeze_appraisal", "appraisal", version_id.uuid(), now);
  entry.after = encode_json(version);
  audit::record(transaction, entry);
  return Frozen{version, true};
}

Result<PutObjection> put_objection(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                   const CampaignId& id, const PlaceId& place, const ObjectionId& objection_id,
                                   const ObjectionRequest& request, Instant now) {
  const auto line = find_line(transaction, catalogue, actor, id, place, now);
  if (!line) return line.error();
  if (!may_object(actor, line->tree, place)) return Problem(ProblemCode::forbidden);
  const auto wanted = checked(request, line->campaign());
  if (!wanted) return wanted.error();
  const auto before = find_objection(transaction, objection_id);
  if (before) {
    const bool is_own = before->campaign == id && before->place == place && before->item == wanted->item;
    if (!is_own) return Problem(ProblemCode::conflict);
    if (before->text == wanted->text) return PutObjection{*before, false};
    if (before->answer) return Problem(ProblemCode::conflict);
  }
  const PlaceId& town = line->campaign().town;
  Objection after = before.value_or(
      Objection{objection_id, id, town, place, wanted->item, wanted->text, now, actor.display_name, 0, std::nullopt});
  after.text = wanted->text;
  ++after.version;
  if (before) {
    update(transaction, after);
  } else {
    insert(transaction, after);
  }
  auto entry = entry_of(actor, town, place, "object", "appraisal_objection", objection_id.uuid(), now);
  if (before) entry.before = encode_json(ObjectionRequest{before->item, before->text});
  entry.after = encode_json(*wanted);
  audit::record(transaction, entry);
  return PutObjection{std::move(after), !before};
}

Result<Objection> answer_objection(Transaction& transaction, campaigns::Catalogue& catalogue, const Actor& actor,
                                   const CampaignId& id, const PlaceId& place, const ObjectionId& objection_id,
                                   const AnswerRequest& request, const std::optional<std::string>& etag, Instant now) {
  const auto line = find_line(transaction, catalogue, actor, id, place, now);
  if (!line) return line.error();
  const auto before = find_objection(transaction, objection_id);
  if (!before || before->campaign != id || before->place != place) return Problem(ProblemCode::not_found);
  if (!may_appraise(actor, line->tree, line->campaign())) return Problem(ProblemCode::forbidden);
  FieldCheck check;
  const AnswerRequest wanted{std::string(trimmed(request.text)), request.upheld};
  check.text("text", wanted.text, 1, longest_text);
  if (const auto sound = check.result(); !sound) return sound.error();
  if (before->answer && before->answer->text == wanted.text && before->answer->upheld == wanted.upheld) return *before;
  if (before->answer && etag != etag_of(*before)) return Problem(ProblemCode::stale);
  Objection after = *before;
  after.answer = Answer{wanted.text, wanted.upheld, now, actor.display_name};
  ++after.version;
  update(transaction, after);
  auto entry = entry_of(actor, after.town, place, "answer_objection", "appraisal_objection", objection_id.uuid(), now);
  if (before->answer) entry.before = encode_json(*before->answer);
  entry.after = encode_json(*after.answer);
  audit::record(transaction, entry);
  return after;
}

std::string etag_of(const Objection& objection) { return "\"v" + std::to_string(objection.version) + "\""; }

bool may_freeze(const Actor& actor, const OpenAppraisal& open) { return may_appraise(actor, open.tree, open.bundle->campaign); }

bool may_object(const Actor& actor, const places::Tree& tree, const PlaceId& place) {
  return people::may(actor, Verb::object_to_appraisal, tree.place_and_ancestors(place));
}

}  // namespace wujin::appraisal
