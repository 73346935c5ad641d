#include "photos/photos_store.h"

#include "base/json.h"
#include "database/placeholders.h"

namespace wujin::photos {
namespace {

// The columns of a Photo, in the order read_photo_row expects.
constexpr auto photo_columns =
    "id, owner, campaign, uploader, bytes, sha256, received_at, crc32, taken_at, latitude, longitude, drawing, media_type, "
    "width, "
    "height, exif_taken_at, exif_latitude, exif_longitude";

Drawing drawing_of(std::string_view text) {
  Drawing found = Drawing::waiting;
  boost::describe::enum_from_string(std::string(text).c_str(), found);
  return found;
}
std::string text_of(Drawing drawing) { return boost::describe::enum_to_string(drawing, ""); }

Photo read_photo_row(const Row& row) {
  Photo photo;
  photo.id = row.id<Photo>(0);
  photo.owner = row.maybe(1, &Row::uuid);
  photo.campaign = row.string(2);
  photo.uploader = row.maybe(3, &Row::uuid);
  photo.bytes = row.integer(4);
  photo.sha256 = row.string(5);
  photo.received_at = row.maybe(6, &Row::instant);
  photo.crc32 = row.maybe(7, &Row::integer);
  photo.claimed = {row.maybe(8, &Row::instant), row.maybe(9, &Row::real), row.maybe(10, &Row::real)};
  photo.drawing = drawing_of(row.text(11));
  photo.media_type = row.string(12);
  photo.width = row.maybe(13, &Row::number);
  photo.height = row.maybe(14, &Row::number);
  photo.exif = {row.maybe(15, &Row::instant), row.maybe(16, &Row::real), row.maybe(17, &Row::real)};
  return photo;
}

PhotoFacts facts_of(const Photo& photo) {
  const auto claims = believed(photo);
  PhotoFacts facts;
  facts.id = photo.id;
  facts.owner = photo.owner.value();
  facts.bytes = photo.bytes;
  facts.sha256 = photo.sha256;
  facts.received = photo.received_at.has_value();
  facts.received_at = photo.received_at;
  facts.taken_at = claims.taken_at;
  facts.latitude = claims.latitude;
  facts.longitude = claims.longitude;
  facts.width = photo.width;
  facts.height = photo.height;
  facts.renditions_ready = photo.drawing == Drawing::ready;
  facts.unreadable = photo.drawing == Drawing::unreadable;
  return facts;
}

}  // namespace

constexpr auto sql_is_alike = "CASE WHEN EXISTS (SELECT 1 FROM photo_likenesses WHERE photo = photos.id) THEN 1 ELSE 0 END";
constexpr int is_alike = 18;  // after photo_columns

std::vector<PhotoFacts> of_owners(Snapshot& snapshot, std::span<const Uuid> owners) {
  std::vector<PhotoFacts> all;
  if (owners.empty()) return all;
  const std::vector<Value> parameters(owners.begin(), owners.end());
  const auto sql = std::string("SELECT ") + photo_columns + ", " + sql_is_alike + " FROM photos WHERE owner IN (" +
                   placeholders(1, owners.size()) + ")";
  std::vector<std::size_t> alike;
  snapshot.each(sql, parameters, [&](const Row& row) {
    if (row.boolean(is_alike)) alike.push_back(all.size());
    all.push_back(facts_of(read_photo_row(row)));
  });
  for (const std::size_t place : alike) all[place].near_duplicates = near_duplicates(snapshot, all[place].id, most_near_told);
  return all;
}

std::vector<Original> originals_of(Snapshot& snapshot, std::span<const Uuid> owners) {
  std::vector<Original> all;
  if (owners.empty()) return all;
  const std::vector<Value> parameters(owners.begin(), owners.end());
  const auto sql = "SELECT id, sha256, crc32, bytes, media_type FROM photos WHERE received_at IS NOT NULL AND owner IN (" +
                   placeholders(1, owners.size()) + ")";
  snapshot.each(sql, parameters, [&](const Row& row) {
    all.push_back({row.id<Photo>(0), row.string(1), static_cast<std::uint32_t>(row.integer(2)),
                   static_cast<std::uint64_t>(row.integer(3)), row.string(4)});
  });
  return all;
}

// Only pictures that somebody shows, in the same campaign, and not in the very same record: a burst is no re-use.
constexpr auto sql_near_of_photo = R"(
SELECT other.id, other.owner, likeness.distance
FROM photos mine
JOIN photo_likenesses likeness ON likeness.photo = mine.id
JOIN photos other ON other.id = likeness.other
WHERE mine.id = $1 AND other.owner IS NOT NULL AND other.owner <> mine.owner AND other.campaign = mine.campaign
ORDER BY likeness.distance, other.id LIMIT $2)";

std::vector<Near> near_duplicates(Snapshot& snapshot, const Id<Photo>& photo, int limit) {
  std::vector<Near> found;
  snapshot.each(sql_near_of_photo, {photo, limit}, [&](const Row& row) {
    found.push_back({row.id<Photo>(0), row.uuid(1), row.number(2)});
  });
  return found;
}

std::optional<Photo> find(Snapshot& snapshot, const Id<Photo>& id) {
  static const std::string sql = std::string("SELECT ") + photo_columns + " FROM photos WHERE id = $1";
  return snapshot.first(sql, {id}, read_photo_row);
}

constexpr auto sql_ids_of_owner = "SELECT id FROM photos WHERE owner = $1 ORDER BY id";

std::vector<Id<Photo>> ids_of_owner(Snapshot& snapshot, const Uuid& owner) {
  std::vector<Id<Photo>> ids;
  snapshot.each(sql_ids_of_owner, {owner}, [&](const Row& row) { ids.push_back(row.id<Photo>(0)); });
  return ids;
}

constexpr auto sql_insert = R"(
INSERT INTO photos (id, owner, campaign, uploader, bytes, sha256, received_at, crc32, taken_at, latitude, longitude, drawing,
                    media_type, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13))";

void insert(Transaction& transaction, const Photo& photo, Instant now) {
  const auto drawing = text_of(photo.drawing);
  transaction.execute(sql_insert,
                      {photo.id, photo.owner, photo.campaign, photo.uploader, photo.bytes, photo.sha256, photo.received_at,
                       photo.crc32, photo.claimed.taken_at, photo.claimed.latitude, photo.claimed.longitude, drawing, now});
}

constexpr auto sql_update_claim = R"(
UPDATE photos SET owner = $2, campaign = $3, bytes = $4, sha256 = $5, taken_at = $6, latitude = $7, longitude = $8 WHERE id = $1)";

void update_claim(Transaction& transaction, const Photo& photo) {
  transaction.execute(sql_update_claim, {photo.id, photo.owner, photo.campaign, photo.bytes, photo.sha256, photo.claimed.taken_at,
                                         photo.claimed.latitude, photo.claimed.longitude});
}

constexpr auto sql_update_received = R"(
UPDATE photos SET uploader = $2, bytes = $3, sha256 = $4, received_at = $5, crc32 = $6 WHERE id = $1)";

void update_received(Transaction& transaction, const Photo& photo) {
  transaction.execute(sql_update_received, {photo.id, photo.uploader, photo.bytes, photo.sha256, photo.received_at, photo.crc32});
}

constexpr auto sql_update_drawn = R"(
UPDATE photos SET drawing = $2, media_type = $3, width = $4, height = $5, exif_taken_at = $6, exif_latitude = $7,
                  exif_longitude = $8
WHERE id = $1)";

void update_drawn(Transaction& transaction, const Photo& photo) {
  const auto drawing = text_of(photo.drawing);
  transaction.execute(sql_update_drawn, {photo.id, drawing, photo.media_type, photo.width, photo.height, photo.exif.taken_at,
                                         photo.exif.latitude, photo.exif.longitude});
}

constexpr auto sql_files_left = R"(
INSERT INTO photo_leftovers (sha256, since)
SELECT DISTINCT sha256, CAST($2 AS BIGINT) FROM (
  SELECT sha256 FROM photos WHERE id = $1 AND received_at IS NOT NULL
  UNION SELECT sha256 FROM photo_renditions WHERE photo = $1
) files
WHERE true
ON CONFLICT (sha256) DO UPDATE SET since = excluded.since)";
constexpr auto sql_delete = "DELETE FROM photos WHERE id = $1";

void remove(Transaction& transaction, const Photo& photo, Instant now) {
  transaction.execute(sql_files_left, {photo.id, now});
  transaction.execute(sql_delete, {photo.id});
}

std::vector<Photo> orphans(Snapshot& snapshot, Instant before, int limit) {
  static const std::string sql = std::string("SELECT ") + photo_columns +
                                 " FROM photos WHERE owner IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2";
  std::vector<Photo> found;
  snapshot.each(sql, {before, limit}, [&](const Row& row) { found.push_back(read_photo_row(row)); });
  return found;
}

constexpr auto sql_rendition = "SELECT sha256, crc32, bytes, width, height FROM photo_renditions WHERE photo = $1 AND side = $2";

std::optional<StoredRendition> rendition(Snapshot& snapshot, const Id<Photo>& photo, Size size) {
  return snapshot.first(sql_rendition, {photo, side_of(size)}, [&](const Row& row) {
    return StoredRendition{size,           row.string(0), static_cast<std::uint32_t>(row.integer(1)),
                           row.integer(2), row.number(3), row.number(4)};
  });
}

constexpr auto sql_save_rendition = R"(
INSERT INTO photo_renditions (photo, side, sha256, crc32, bytes, width, height) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (photo, side) DO UPDATE SET sha256 = excluded.sha256, crc32 = excluded.crc32, bytes = excluded.bytes,
                                        width = excluded.width, height = excluded.height)";

void save_rendition(Transaction& transaction, const Id<Photo>& photo, const StoredRendition& drawn) {
  transaction.execute(sql_save_rendition, {photo, side_of(drawn.size), drawn.sha256, std::int64_t{drawn.crc32}, drawn.bytes,
                                           drawn.width, drawn.height});
}

constexpr auto sql_leftovers = "SELECT sha256 FROM photo_leftovers WHERE since < $1 ORDER BY since, sha256 LIMIT $2";

std::vector<std::string> leftovers(Snapshot& snapshot, Instant before, int limit) {
  std::vector<std::string> found;
  snapshot.each(sql_leftovers, {before, limit}, [&](const Row& row) { found.push_back(row.string(0)); });
  return found;
}

constexpr auto sql_forget_leftover = "DELETE FROM photo_leftovers WHERE sha256 = $1";

void forget_leftover(Transaction& transaction, std::string_view sha256) { transaction.execute(sql_forget_leftover, {sha256}); }

constexpr auto sql_is_referenced = R"(
SELECT 1 FROM photos WHERE sha256 = $1 AND received_at IS NOT NULL
UNION ALL SELECT 1 FROM photo_renditions WHERE sha256 = $1 LIMIT 1)";

bool is_referenced(Snapshot& snapshot, std::string_view sha256) {
  return snapshot.first(sql_is_referenced, {sha256}, [](const Row&) { return true; }).has_value();
}

constexpr auto sql_save_fingerprint =
    "INSERT INTO photo_fingerprints (photo, fingerprint) VALUES ($1, $2) ON CONFLICT (photo) DO NOTHING";

void save_fingerprint(Transaction& transaction, const Id<Photo>& photo, std::uint64_t fingerprint) {
  transaction.execute(sql_save_fingerprint, {photo, static_cast<std::int64_t>(fingerprint)});
}

constexpr auto sql_fingerprint_of = "SELECT number, fingerprint FROM photo_fingerprints WHERE photo = $1";

std::optional<NumberedFingerprint> fingerprint_of(Snapshot& snapshot, const Id<Photo>& photo) {
  return snapshot.first(sql_fingerprint_of, {photo}, [](const Row& row) {
    return NumberedFingerprint{row.integer(0), static_cast<std::uint64_t>(row.integer(1))};
  });
}

constexpr auto sql_each_fingerprint = "SELECT number, fingerprint FROM photo_fingerprints WHERE number > $1 ORDER BY number";

void each_fingerprint(Snapshot& snapshot, std::int64_t above, const std::function<void(const NumberedFingerprint&)>& take) {
  snapshot.each(sql_each_fingerprint, {above}, [&](const Row& row) {
    take({row.integer(0), static_cast<std::uint64_t>(row.integer(1))});
  });
}

constexpr auto sql_photo_of_fingerprint = "SELECT photo FROM photo_fingerprints WHERE number = $1";

std::optional<Id<Photo>> photo_of_fingerprint(Snapshot& snapshot, std::int64_t number) {
  return snapshot.first(sql_photo_of_fingerprint, {number}, [](const Row& row) { return row.id<Photo>(0); });
}

constexpr auto sql_save_likeness =
    "INSERT INTO photo_likenesses (photo, other, distance) VALUES ($1, $2, $3) ON CONFLICT (photo, other) DO NOTHING";

void save_likeness(Transaction& transaction, const Id<Photo>& one, const Id<Photo>& other, int distance) {
  transaction.execute(sql_save_likeness, {one, other, distance});
  transaction.execute(sql_save_likeness, {other, one, distance});
}

}  // namespace wujin::photos
