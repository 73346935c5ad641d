#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/result.h"
#include "database/database.h"
#include "files/vault.h"
#include "jobs/queue.h"
#include "people/actor.h"
#include "photos/owners.h"
#include "photos/photo.h"
#include "photos/photos_store.h"

namespace wujin::photos {

// A picture as the owner's record names it; its bytes come by upload, before or after.
struct Claim {
  Id<Photo> id;
  std::int64_t bytes = 0;
  std::string sha256;  // lower-case hexadecimal
  std::optional<Instant> taken_at;
  std::optional<double> latitude;
  std::optional<double> longitude;
};
BOOST_DESCRIBE_STRUCT(Claim, (), (id, bytes, sha256, taken_at, latitude, longitude))

// Binds these pictures to the owner and lets go of its others. The caller has judged that the actor may write the owner. A
// picture that came before is bound only by who uploaded it. Problems name "photos[i].…": conflict for one that belongs to
// another record or uploader, photo_differs when what was received is not what is announced; then nothing is bound.
Result<> claim(Transaction& transaction, const people::Actor& actor, const Uuid& owner, const std::string& campaign,
               std::span<const Claim> claims, Instant now);

// Lets go of all the owner's pictures; their files are removed later, when no other record refers to them.
void release_all(Transaction& transaction, const Uuid& owner, Instant now);

// Whether the actor may upload this picture. Errors: conflict when it is here already or another's, forbidden, photo_differs when
// the size is not the announced one. Answers the announced hash when it is known.
Result<std::optional<std::string>> may_upload(Snapshot& snapshot, const people::Actor& actor, const Owners& owners,
                                              const Id<Photo>& id, std::int64_t bytes);

// What receiving needs of the house; borrowed.
struct House {
  jobs::Queue& queue;
  const files::Vault& vault;
  const Owners& owners;
};

// The kind of job that draws a picture; its payload is the picture's id.
inline constexpr std::string_view drawing_job = "photos.draw";

// Marks a picture received, once its file is in the vault, and has it drawn. Errors: photo_differs when the file is not the one
// announced, conflict when another file stands under the id.
Result<> receive(Transaction& transaction, const House& house, const Uuid& uploader, const Id<Photo>& id,
                 const files::FileFacts& facts, Instant now);

// A picture with what the actor may know of it. Errors: not_found, also for what they may not see.
struct Seen {
  Photo photo;
  std::vector<Near> near;
  std::vector<OwnerFacts> near_owners;
};
Result<Seen> see_photo(Snapshot& snapshot, const people::Actor& actor, const Owners& owners, const Id<Photo>& id);
// The same right, without the near-duplicates.
Result<Photo> read_photo(Snapshot& snapshot, const people::Actor& actor, const Owners& owners, const Id<Photo>& id);

// Forgets pictures nobody claimed; answers how many.
int expire_orphans(Transaction& transaction, Instant now);

}  // namespace wujin::photos
