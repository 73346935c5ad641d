#include "uploads/uploads_store.h"

namespace wujin::uploads {
namespace {

std::optional<Value> as_bytes(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return Value(std::as_bytes(std::span(text->data(), text->size())));
}

Upload read_upload(const Row& row) {
  Upload upload;
  upload.id = row.id<Upload>(0);
  upload.uploader = row.uuid(1);
  upload.subject = row.string(2);
  upload.size = static_cast<std::uint64_t>(row.integer(3));
  if (!row.is_null(4)) {
    const auto bytes = row.bytes(4);
    upload.sha256.emplace(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  upload.metadata = row.string(5);
  upload.state = static_cast<State>(row.integer(6));
  upload.created_at = row.instant(7);
  upload.expires_at = row.instant(8);
  return upload;
}

}  // namespace

static constexpr std::string_view insert_upload = R"sql(
  INSERT INTO uploads (id, uploader, subject, size, sha256, metadata, state, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql";

void insert(Transaction& transaction, const Upload& upload) {
  const auto sha256 = as_bytes(upload.sha256);
  transaction.execute(insert_upload, {upload.id, upload.uploader, upload.subject, static_cast<std::int64_t>(upload.size),
                                      sha256 ? *sha256 : Value(nullptr), upload.metadata, static_cast<int>(upload.state),
                                      upload.created_at, upload.expires_at});
}

static constexpr std::string_view select_upload = R"sql(
  SELECT id, uploader, subject, size, sha256, metadata, state, created_at, expires_at FROM uploads WHERE id = $1
)sql";

std::optional<Upload> find(Snapshot& snapshot, Id<Upload> id) { return snapshot.first(select_upload, {id}, read_upload); }

static constexpr std::string_view select_growing_of_subject = R"sql(
  SELECT id FROM uploads WHERE subject = $1 AND state = 0
)sql";

std::vector<Id<Upload>> growing_of(Snapshot& snapshot, std::string_view subject) {
  std::vector<Id<Upload>> ids;
  snapshot.each(select_growing_of_subject, {subject}, [&](const Row& row) { ids.push_back(row.id<Upload>(0)); });
  return ids;
}

static constexpr std::string_view count_of_uploader = R"sql(
  SELECT count(*) FROM uploads WHERE uploader = $1 AND state = 0
)sql";

int count_growing(Snapshot& snapshot, const Uuid& uploader) {
  return snapshot.first(count_of_uploader, {uploader}, [](const Row& row) { return row.number(0); }).value_or(0);
}

static constexpr std::string_view update_state = R"sql(
  UPDATE uploads SET state = $2 WHERE id = $1
)sql";

void set_state(Transaction& transaction, Id<Upload> id, State state) {
  transaction.execute(update_state, {id, static_cast<int>(state)});
}

static constexpr std::string_view update_expiry = R"sql(
  UPDATE uploads SET expires_at = $2 WHERE id = $1 AND state = 0
)sql";

void set_expiry(Transaction& transaction, Id<Upload> id, Instant expires_at) {
  transaction.execute(update_expiry, {id, expires_at});
}

static constexpr std::string_view select_expired = R"sql(
  SELECT id FROM uploads WHERE state = 0 AND expires_at < $1 ORDER BY expires_at LIMIT $2
)sql";

std::vector<Id<Upload>> list_expired(Snapshot& snapshot, Instant now, int limit) {
  std::vector<Id<Upload>> ids;
  snapshot.each(select_expired, {now, limit}, [&](const Row& row) { ids.push_back(row.id<Upload>(0)); });
  return ids;
}

static constexpr std::string_view delete_settled = R"sql(
  DELETE FROM uploads WHERE state <> 0 AND expires_at < $1
)sql";

void forget(Transaction& transaction, Instant before) { transaction.execute(delete_settled, {before}); }

}  // namespace wujin::uploads
