#include "photos/drawing.h"

#include <array>
#include <cstdio>

#include "base/text.h"
#include "files/digests.h"
#include "images/exif.h"
#include "images/inspect.h"
#include "images/render.h"
#include "jobs/recurring.h"
#include "photos/mapped_file.h"
#include "photos/photos_actions.h"
#include "photos/photos_store.h"

namespace wujin::photos {
namespace {

constexpr std::chrono::minutes leftover_age{10};
const jobs::Recurring cleaning{"photos.clean", std::chrono::hours(6)};
constexpr int leftovers_at_once = 200;

StoredRendition store(files::Vault& vault, Size size, const images::Rendition& drawn) {
  const auto facts = vault.store(drawn.jpeg);
  return {size, to_hex(facts.sha256), facts.crc32, static_cast<std::int64_t>(facts.size), drawn.width, drawn.height};
}

struct Drawn {
  Photo photo;
  std::vector<StoredRendition> renditions;
  std::optional<images::Fingerprint> fingerprint;
};

// A decoder that brought a worker down twice does not get a third chance.
constexpr int most_attempts = 2;

Drawn draw(files::Vault& vault, Photo photo, int attempt) {
  const MappedFile file(vault.path(files::stored_hash(photo.sha256)));
  Drawn drawn;
  photo.drawing = Drawing::unreadable;
  const auto inspected = images::inspect(file.bytes());
  if (inspected) {
    photo.media_type = images::media_type(inspected->format);
    photo.width = inspected->width;
    photo.height = inspected->height;
    const auto claims = images::read_exif(file.bytes());
    photo.exif = {claims.taken_at, claims.latitude, claims.longitude};
    if (attempt <= most_attempts) {
      if (const auto rendered = images::render(file.bytes())) {
        drawn.renditions = {store(vault, Size::small, rendered->small), store(vault, Size::large, rendered->large)};
        drawn.fingerprint = rendered->fingerprint;
        photo.drawing = Drawing::ready;
      }
    }
  }
  drawn.photo = std::move(photo);
  return drawn;
}

Result<> save(Transaction& transaction, const JobParts& parts, const Drawn& drawn) {
  const auto now = find(transaction, drawn.photo.id);
  // Deleted meanwhile: the sweep of the vault takes what was just drawn.
  if (!now || now->sha256 != drawn.photo.sha256) return {};
  for (const auto& rendition : drawn.renditions) {
    if (!parts.vault.exists(files::stored_hash(rendition.sha256)))
      return Problem(ProblemCode::busy).because("a rendition was cleaned away");
    save_rendition(transaction, now->id, rendition);
    forget_leftover(transaction, rendition.sha256);
  }
  update_drawn(transaction, drawn.photo);
  if (drawn.fingerprint) save_fingerprint(transaction, now->id, *drawn.fingerprint);
  if (now->owner) parts.owners.touch(transaction, *now->owner, parts.clock.now());
  return {};
}

// The owners on both sides learn of it: the recorder first, then whoever reviews.
void tell_owners(const JobParts& parts, const Id<Photo>& id) {
  (void)parts.database.write_now([&](Transaction& transaction) -> Result<> {
    const auto photo = find(transaction, id);
    if (!photo || !photo->owner) return {};
    parts.owners.touch(transaction, *photo->owner, parts.clock.now());
    for (const auto& near : near_duplicates(transaction, id, most_near_told)) {
      parts.owners.touch(transaction, near.owner, parts.clock.now());
    }
    return {};
  });
}

// Answers whether the file went. Judged and removed in one write, so that a picture being received at this moment either is
// seen or finds the file gone and asks for it again.
bool clean_file(const JobParts& parts, const std::string& sha256) {
  const auto gone = parts.database.write_now([&](Transaction& transaction) -> Result<bool> {
    forget_leftover(transaction, sha256);
    if (is_referenced(transaction, sha256)) return false;
    parts.vault.remove(files::stored_hash(sha256));
    return true;
  });
  return gone.value();
}

}  // namespace

Result<> draw_photo(const JobParts& parts, const jobs::Job& job) {
  const auto id = Id<Photo>::parse(job.payload);
  if (!id) return {};
  const auto photo = parts.database.read_now([&](Snapshot& snapshot) { return find(snapshot, *id); });
  if (!photo || !photo->received_at) return {};
  if (photo->drawing == Drawing::waiting) {
    const auto drawn = draw(parts.vault, *photo, job.attempt);
    const auto saved = parts.database.write_now([&](Transaction& transaction) { return save(transaction, parts, drawn); });
    if (!saved) return saved.error();
  }
  if (parts.likenesses.note(parts.database, *id) > 0) tell_owners(parts, *id);
  return {};
}

int clean_photos(const JobParts& parts) {
  const auto now = parts.clock.now();
  while (parts.database.write_now([&](Transaction& transaction) -> Result<int> { return expire_orphans(transaction, now); })
             .value() > 0) {
  }
  int removed = 0;
  while (true) {
    const auto left =
        parts.database.read_now([&](Snapshot& snapshot) { return leftovers(snapshot, now - leftover_age, leftovers_at_once); });
    if (left.empty()) return removed;
    for (const auto& sha256 : left) removed += clean_file(parts, sha256) ? 1 : 0;
  }
}

void schedule_cleaning(const JobParts& parts) { jobs::ask_for_next(parts.database, parts.queue, cleaning); }

void add_jobs(jobs::Workers& workers, const JobParts& parts) {
  workers.on(std::string(drawing_job), [parts](const jobs::Job& job) { return draw_photo(parts, job); });
  jobs::on_recurring(workers, parts.database, parts.queue, cleaning, [parts] { clean_photos(parts); });
}

}  // namespace wujin::photos
