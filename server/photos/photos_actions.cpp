#include "photos/photos_actions.h"

#include <algorithm>
#include <set>

#include "audit/trail.h"
#include "base/json.h"
#include "base/text.h"
#include "people/may.h"

namespace wujin::photos {
namespace {

struct ReceivedTrail {
  Id<Photo> photo;
  std::string sha256;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ReceivedTrail, (), (photo, sha256, bytes))

// Binds one picture. `field` is its path in the request.
Result<> claim_one(Transaction& transaction, const people::Actor& actor, const Uuid& owner, const std::string& campaign,
                   const Claim& claim, const std::string& field, Instant now) {
  auto known = find(transaction, claim.id);
  const bool is_new = !known;
  Photo photo = known ? *known : Photo{};
  const bool is_free = is_new || (photo.owner ? *photo.owner == owner : photo.uploader == actor.account.uuid());
  if (!is_free) return Problem::at(field + ".id", ProblemCode::conflict);
  if (photo.received_at && (photo.sha256 != claim.sha256 || photo.bytes != claim.bytes)) {
    return Problem::at(field + ".sha256", ProblemCode::photo_differs);
  }
  photo.id = claim.id;
  photo.owner = owner;
  photo.campaign = campaign;
  photo.bytes = claim.bytes;
  photo.sha256 = claim.sha256;
  photo.claimed = {claim.taken_at, claim.latitude, claim.longitude};
  if (is_new) {
    insert(transaction, photo, now);
  } else {
    update_claim(transaction, photo);
  }
  return {};
}

void release(Transaction& transaction, const Id<Photo>& id, Instant now) {
  if (const auto photo = find(transaction, id)) remove(transaction, *photo, now);
}

void note_receipt(Transaction& transaction, const std::string& town, const Uuid& uploader, const Photo& photo, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = town;
  entry.account = uploader;
  entry.verb = "receive_photo";
  entry.kind = "photo";
  entry.record = photo.id.to_string();
  entry.after = encode_json(ReceivedTrail{photo.id, photo.sha256, photo.bytes});
  audit::record(transaction, entry);
}

}  // namespace

Result<> claim(Transaction& transaction, const people::Actor& actor, const Uuid& owner, const std::string& campaign,
               std::span<const Claim> claims, Instant now) {
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const auto field = "photos[" + std::to_string(i) + "]";
    const auto bound = claim_one(transaction, actor, owner, campaign, claims[i], field, now);
    if (!bound) return bound.error();
  }
  for (const auto& id : ids_of_owner(transaction, owner)) {
    const bool is_kept = std::ranges::any_of(claims, [&](const Claim& claim) { return claim.id == id; });
    if (!is_kept) release(transaction, id, now);
  }
  return {};
}

void release_all(Transaction& transaction, const Uuid& owner, Instant now) {
  for (const auto& id : ids_of_owner(transaction, owner)) release(transaction, id, now);
}

Result<std::optional<std::string>> may_upload(Snapshot& snapshot, const people::Actor& actor, const Owners& owners,
                                              const Id<Photo>& id, std::int64_t bytes) {
  if (bytes > largest_photo) return Problem(ProblemCode::too_large, {{"limit", std::to_string(largest_photo)}});
  const auto photo = find(snapshot, id);
  if (!photo) {
    if (!people::may_anywhere(actor, people::Verb::write_activity)) return Problem(ProblemCode::forbidden);
    return std::optional<std::string>();
  }
  const bool is_theirs =
      photo->owner ? owners.may_write(snapshot, actor, *photo->owner) : photo->uploader == actor.account.uuid();
  if (!is_theirs) return Problem(ProblemCode::forbidden);
  if (photo->received_at) return Problem(ProblemCode::conflict);
  if (photo->bytes != bytes) return Problem(ProblemCode::photo_differs);
  return std::optional(photo->sha256);
}

Result<> receive(Transaction& transaction, const House& house, const Uuid& uploader, const Id<Photo>& id,
                 const files::FileFacts& facts, Instant now) {
  const auto known = find(transaction, id);
  const auto sha256 = to_hex(facts.sha256);
  Photo photo = known ? *known : Photo{};
  if (known && known->received_at) {
    // The same bytes once more: the answer to the first upload was lost.
    return known->sha256 == sha256 ? Result<>() : Result<>(Problem(ProblemCode::conflict));
  }
  if (known && (known->sha256 != sha256 || known->bytes != static_cast<std::int64_t>(facts.size))) {
    return Problem(ProblemCode::photo_differs);
  }
  // A cleaner may have taken the file between its arrival and this write, when its last record was just deleted.
  if (!house.vault.exists(facts.sha256)) return Problem(ProblemCode::busy).because("the vault has lost the file");
  photo.id = id;
  photo.uploader = uploader;
  photo.bytes = static_cast<std::int64_t>(facts.size);
  photo.sha256 = sha256;
  photo.received_at = now;
  photo.crc32 = facts.crc32;
  if (known) {
    update_received(transaction, photo);
  } else {
    insert(transaction, photo, now);
  }
  forget_leftover(transaction, sha256);
  const auto town = photo.owner ? house.owners.touch(transaction, *photo.owner, now) : std::string();
  note_receipt(transaction, town, uploader, photo, now);
  jobs::NewJob job;
  job.kind = drawing_job;
  job.payload = id.to_string();
  job.key = job.payload;
  job.urgency = jobs::Urgency::idle;
  house.queue.enqueue(transaction, job);
  return {};
}

Result<Photo> read_photo(Snapshot& snapshot, const people::Actor& actor, const Owners& owners, const Id<Photo>& id) {
  auto photo = find(snapshot, id);
  if (!photo) return Problem(ProblemCode::not_found);
  const bool is_theirs = photo->owner ? !owners.describe(snapshot, actor, std::span(&*photo->owner, 1)).empty()
                                      : photo->uploader == actor.account.uuid();
  if (!is_theirs) return Problem(ProblemCode::not_found);
  return std::move(*photo);
}

Result<Seen> see_photo(Snapshot& snapshot, const people::Actor& actor, const Owners& owners, const Id<Photo>& id) {
  auto photo = read_photo(snapshot, actor, owners, id);
  if (!photo) return photo.error();
  Seen seen;
  seen.photo = std::move(*photo);
  auto near = near_duplicates(snapshot, id, 200);
  std::set<Uuid> others;
  for (const auto& one : near) others.insert(one.owner);
  seen.near_owners = owners.describe(snapshot, actor, std::vector<Uuid>(others.begin(), others.end()));
  for (const auto& one : near) {
    const bool may_know =
        std::ranges::any_of(seen.near_owners, [&](const OwnerFacts& facts) { return facts.owner == one.owner; });
    if (may_know) seen.near.push_back(one);
  }
  return seen;
}

int expire_orphans(Transaction& transaction, Instant now) {
  const auto expired = orphans(transaction, now - orphan_age, 500);
  for (const auto& photo : expired) remove(transaction, photo, now);
  return static_cast<int>(expired.size());
}

}  // namespace wujin::photos
