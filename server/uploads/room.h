#pragma once

#include <mutex>

#include "uploads/receiver.h"
#include "uploads/uploads.h"
#include "uploads/uploads_store.h"

namespace wujin::uploads {

// The verbs of the room; uploads_api.cpp speaks tus to them.
class Uploads::Room {
 public:
  Room(Database& database, files::Vault& vault, http::WorkPool& pool, const Clock& clock, Randomness& randomness, Hooks hooks,
       Settings settings);

  struct Progress {
    Id<Upload> id;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    Instant expires_at;
  };

  // Begins an upload and takes what came with the request. An upload whose first bytes fail to come whole is kept only when the
  // client can learn of it, that is when the connection still stands.
  Task<Result<Progress>> create(http::Request& request);
  Task<Result<Progress>> progress(http::Request& request);
  Task<Result<Progress>> append(http::Request& request);
  Task<Result<>> end(http::Request& request);

  int expire();
  Database& database() { return database_; }
  const Settings& settings() const { return settings_; }

 private:
  Task<Result<NewUpload>> read_new(http::Request& request);
  Task<Result<Upload>> find_own(http::Request& request);
  // Ends an upload whose last byte came, though the server could not end it then (a crash, a full disk): a client that finds
  // every byte here takes it for done.
  Task<Result<>> catch_up(const Upload& upload);
  // With the whole file here: judges it and puts it into the vault, then ends the upload in one transaction.
  Task<Result<>> finish(const Upload& upload, const files::FileFacts& facts, bool is_new);
  Task<Result<>> give_up(Id<Upload> id, bool is_new);
  Task<void> prolong(const Upload& upload);
  Instant expiry() const { return clock_.now() + settings_.life; }
  Id<Upload> new_id();
  void sweep_staging();

  Database& database_;
  files::Vault& vault_;
  http::WorkPool& pool_;
  const Clock& clock_;
  std::mutex randomness_mutex_;
  Randomness& randomness_;
  const Hooks hooks_;
  const Settings settings_;
  Receiver receiver_;
};

}  // namespace wujin::uploads
