#include "uploads/room.h"

namespace wujin::uploads {
namespace {

constexpr std::size_t longest_metadata = 4096;
// The expiry is written anew only when it moved by this much: not every chunk is worth a commit.
constexpr std::chrono::hours expiry_step{1};
// How long it is remembered that an upload ended, so that it answers 410 and not 404.
constexpr std::chrono::hours remembered_for{30 * 24};
// How often bytes are put into the vault for one ending; past it the client asks again.
constexpr int most_settlings = 3;

Problem changed_content() { return Problem(ProblemCode::content_changed); }

}  // namespace

std::uint64_t received_bytes(Snapshot& snapshot, const files::Vault& vault, std::string_view subject) {
  std::uint64_t most = 0;
  for (const Id<Upload> id : growing_of(snapshot, subject)) most = std::max(most, growing_size(vault.staging(), id));
  return most;
}

Uploads::Room::Room(Database& database, files::Vault& vault, http::WorkPool& pool, const Clock& clock, Randomness& randomness,
                    Hooks hooks, Settings settings)
    : database_(database),
      vault_(vault),
      pool_(pool),
      clock_(clock),
      randomness_(randomness),
      hooks_(std::move(hooks)),
      settings_(std::move(settings)),
      receiver_(vault.staging(), pool) {}

Id<Upload> Uploads::Room::new_id() {
  const std::lock_guard lock(randomness_mutex_);
  return Id<Upload>::random(randomness_);
}

Task<Result<NewUpload>> Uploads::Room::read_new(http::Request& request) {
  NewUpload wanted;
  const auto uploader = co_await hooks_.authenticate(request);
  if (!uploader) co_return uploader.error();
  wanted.uploader = *uploader;
  const auto size = parse_size("Upload-Length", request.header("upload-length"));
  if (!size) co_return size.error();
  if (*size == 0) co_return Problem::at("Upload-Length", ProblemCode::invalid, {{"expected", "1…"}});
  if (*size > settings_.most_bytes) {
    co_return Problem(ProblemCode::too_large, {{"limit", std::to_string(settings_.most_bytes)}});
  }
  wanted.size = *size;
  const auto header = request.header("upload-metadata");
  if (header.size() > longest_metadata) co_return Problem::at("Upload-Metadata", ProblemCode::too_long, {{"limit", "4096"}});
  auto metadata = parse_metadata(header);
  if (!metadata) co_return metadata.error();
  wanted.metadata = std::move(*metadata);
  co_return wanted;
}

Task<Result<Uploads::Room::Progress>> Uploads::Room::create(http::Request& request) {
  const auto wanted = co_await read_new(request);
  if (!wanted) co_return wanted.error();
  const auto terms = co_await hooks_.may_create(request, *wanted);
  if (!terms) co_return terms.error();
  auto count = [&](Snapshot& snapshot) { return count_growing(snapshot, wanted->uploader); };
  const int unfinished = co_await database_.read(count);
  if (unfinished >= settings_.most_unfinished) co_return Problem(ProblemCode::too_many_requests, {{"seconds", "3600"}});

  Upload upload{new_id(),       wanted->uploader, terms->subject,
                wanted->size,   terms->sha256,    std::string(request.header("upload-metadata")),
                State::growing, clock_.now(),     expiry()};
  Progress progress{upload.id, 0, upload.size, upload.expires_at};
  auto claim = receiver_.claim(upload.id);
  if (!claim) co_return claim.error();
  if (request.content_length.value_or(1) > 0 && request.header("content-type") == "application/offset+octet-stream") {
    std::optional<Checksum> checksum;
    if (!request.header("upload-checksum").empty()) {
      auto parsed = Checksum::parse(request.header("upload-checksum"));
      if (!parsed) co_return parsed.error();
      checksum = std::move(*parsed);
    }
    const auto outcome = co_await receiver_.receive(*claim, 0, upload.size, *request.stream, std::move(checksum));
    if (!outcome || outcome->problem) {
      auto drop = [&] { receiver_.drop(upload.id); };
      const auto dropped = co_await pool_.run(drop);
      if (!dropped) receiver_.drop(upload.id);
      co_return outcome ? *outcome->problem : outcome.error();
    }
    progress.offset = outcome->offset;
    if (progress.offset == upload.size) {
      const auto finished = co_await finish(upload, outcome->facts, true);
      if (!finished) co_return finished.error();
      co_return progress;
    }
  }
  auto keep = [&](Transaction& transaction) -> Result<> {
    insert(transaction, upload);
    return {};
  };
  const auto kept = co_await database_.write(keep);
  if (!kept) co_return kept.error();
  co_return progress;
}

Task<Result<Upload>> Uploads::Room::find_own(http::Request& request) {
  const auto uploader = co_await hooks_.authenticate(request);
  if (!uploader) co_return uploader.error();
  const auto id = Id<Upload>::parse(request.parameter("upload"));
  if (!id) co_return Problem(ProblemCode::not_found);
  auto look = [&](Snapshot& snapshot) { return find(snapshot, *id); };
  auto upload = co_await database_.read(look);
  if (!upload || upload->uploader != *uploader) co_return Problem(ProblemCode::not_found);
  if (upload->state == State::ended) co_return Problem(ProblemCode::gone);
  if (upload->state == State::growing && upload->expires_at < clock_.now()) co_return Problem(ProblemCode::gone);
  co_return std::move(*upload);
}

Task<Result<Uploads::Room::Progress>> Uploads::Room::progress(http::Request& request) {
  const auto upload = co_await find_own(request);
  if (!upload) co_return upload.error();
  Progress progress{upload->id, upload->size, upload->size, upload->expires_at};
  if (upload->state == State::growing) progress.offset = receiver_.offset(upload->id);
  if (upload->state == State::growing && progress.offset == upload->size) {
    const auto finished = co_await catch_up(*upload);
    if (!finished) co_return finished.error();
  }
  co_return progress;
}

Task<Result<>> Uploads::Room::catch_up(const Upload& upload) {
  auto claim = receiver_.claim(upload.id);
  if (!claim) co_return claim.error();
  const auto facts = co_await receiver_.facts(*claim);
  if (!facts) co_return facts.error();
  co_return co_await finish(upload, *facts, false);
}

Task<Result<Uploads::Room::Progress>> Uploads::Room::append(http::Request& request) {
  const auto upload = co_await find_own(request);
  if (!upload) co_return upload.error();
  const auto offset = parse_size("Upload-Offset", request.header("upload-offset"));
  if (!offset) co_return offset.error();
  std::optional<Checksum> checksum;
  if (!request.header("upload-checksum").empty()) {
    auto parsed = Checksum::parse(request.header("upload-checksum"));
    if (!parsed) co_return parsed.error();
    checksum = std::move(*parsed);
  }
  Progress progress{upload->id, upload->size, upload->size, upload->expires_at};
  if (upload->state == State::finished) {
    // The answer to the last bytes was lost and they come again.
    if (*offset == upload->size && request.content_length.value_or(1) == 0) co_return progress;
    co_return Problem(ProblemCode::wrong_offset, {{"offset", std::to_string(upload->size)}});
  }
  if (request.content_length.value_or(0) > upload->size - std::min(*offset, upload->size)) {
    co_return Problem(ProblemCode::too_large, {{"limit", std::to_string(upload->size)}});
  }
  auto claim = receiver_.claim(upload->id);
  if (!claim) co_return claim.error();
  const auto outcome = co_await receiver_.receive(*claim, *offset, upload->size, *request.stream, std::move(checksum));
  if (!outcome) co_return outcome.error();
  progress.offset = outcome->offset;
  if (progress.offset == upload->size) {
    const auto finished = co_await finish(*upload, outcome->facts, false);
    if (!finished) co_return finished.error();
    co_return progress;
  }
  if (outcome->received > 0) {
    co_await prolong(*upload);
    progress.expires_at = std::max(upload->expires_at, expiry());
  }
  if (outcome->problem) co_return *outcome->problem;
  co_return progress;
}

Task<void> Uploads::Room::prolong(const Upload& upload) {
  const Instant later = expiry();
  if (later - upload.expires_at < expiry_step) co_return;
  auto prolonged = [&](Transaction& transaction) -> Result<> {
    set_expiry(transaction, upload.id, later);
    return {};
  };
  static_cast<void>(co_await database_.write(prolonged));
}

Task<Result<>> Uploads::Room::finish(const Upload& upload, const files::FileFacts& facts, bool is_new) {
  FinishedUpload finished{upload.id, upload.uploader, upload.subject, facts, parse_metadata(upload.metadata).value()};
  const auto path = receiver_.path(upload.id);
  auto judge = [&]() -> Result<> {
    if (upload.sha256 && *upload.sha256 != facts.sha256) return changed_content();
    if (hooks_.inspect) {
      if (auto inspected = hooks_.inspect(path, finished); !inspected) return inspected.error();
    }
    vault_.adopt(path, facts);
    return {};
  };
  auto settle = [&](Transaction& transaction) -> Result<> {
    if (auto marked = hooks_.finished(transaction, finished); !marked) return marked.error();
    if (is_new) {
      Upload done = upload;
      done.state = State::finished;
      insert(transaction, done);
    } else {
      set_state(transaction, upload.id, State::finished);
    }
    return {};
  };
  const auto is_busy = [](const Result<>& outcome) { return !outcome && outcome.error().code() == ProblemCode::busy; };
  Result<> settled;
  // The room says busy when a cleaner took the same bytes from the vault after they were put there: they go in once more.
  for (int attempt = 1; attempt <= most_settlings; ++attempt) {
    settled = co_await pool_.run(judge);
    if (is_busy(settled)) break;
    if (settled) settled = co_await database_.write(settle);
    if (!is_busy(settled)) break;
  }
  if (is_busy(settled) && !is_new) co_return settled.error();  // every byte is kept: ask again
  if (!settled) {
    const auto gone = co_await give_up(upload.id, is_new);
    co_return gone ? settled.error() : gone.error();
  }
  receiver_.drop(upload.id);
  co_return Result<>();
}

Task<Result<>> Uploads::Room::give_up(Id<Upload> id, bool is_new) {
  auto drop = [&] { receiver_.drop(id); };
  const auto dropped = co_await pool_.run(drop);
  if (!dropped) receiver_.drop(id);
  if (is_new) co_return Result<>();
  auto end = [&](Transaction& transaction) -> Result<> {
    set_state(transaction, id, State::ended);
    return {};
  };
  co_return co_await database_.write(end);
}

Task<Result<>> Uploads::Room::end(http::Request& request) {
  const auto upload = co_await find_own(request);
  if (!upload) co_return upload.error();
  if (upload->state == State::finished) co_return Problem(ProblemCode::gone);
  auto claim = receiver_.claim(upload->id);
  if (!claim) co_return claim.error();
  co_return co_await give_up(upload->id, false);
}

int Uploads::Room::expire() {
  constexpr int at_once = 500;
  const Instant now = clock_.now();
  int ended = 0;
  const auto ids = database_.read_now([&](Snapshot& snapshot) { return list_expired(snapshot, now, at_once); });
  for (const Id<Upload> id : ids) {
    const auto claim = receiver_.claim(id);
    if (!claim) continue;  // somebody is writing to it this very moment
    receiver_.drop(id);
    const auto noted = database_.write_now([&](Transaction& transaction) -> Result<> {
      set_state(transaction, id, State::ended);
      return {};
    });
    if (noted) ++ended;
  }
  static_cast<void>(database_.write_now([&](Transaction& transaction) -> Result<> {
    forget(transaction, now - remembered_for);
    return {};
  }));
  sweep_staging();
  return ended;
}

// Files no row knows of: what a crash left between the first byte and the row.
void Uploads::Room::sweep_staging() {
  const auto oldest = std::filesystem::file_time_type::clock::now() - settings_.life;
  for (const auto& entry : std::filesystem::directory_iterator(vault_.staging())) {
    const auto id = Id<Upload>::parse(entry.path().filename().string());
    if (!id || entry.last_write_time() > oldest) continue;
    const auto upload = database_.read_now([&](Snapshot& snapshot) { return find(snapshot, *id); });
    if (!upload || upload->state != State::growing) receiver_.drop(*id);
  }
}

}  // namespace wujin::uploads
