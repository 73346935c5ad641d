#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/randomness.h"
#include "base/result.h"
#include "base/task.h"
#include "database/database.h"
#include "database/migrate.h"
#include "files/vault.h"
#include "http/request.h"
#include "http/router.h"
#include "http/work_pool.h"
#include "jobs/queue.h"
#include "jobs/workers.h"

// Resumable uploads (tus 1.0) into the vault. What is uploaded, and who may, the rooms say through hooks.
namespace wujin::uploads {

std::span<const Migration> migrations();

using Metadata = std::vector<std::pair<std::string, std::string>>;

// What a client wants to upload.
struct NewUpload {
  Uuid uploader;
  std::uint64_t size = 0;
  Metadata metadata;  // Upload-Metadata, values decoded

  std::optional<std::string_view> value(std::string_view key) const;
};

// What the room answers to it.
struct Terms {
  std::string subject;                // what the upload is of ("photo:<uuid>"); kept with it and told when it is finished
  std::optional<std::string> sha256;  // the 32 bytes announced; another content is refused at the end
};

struct Upload;

// An upload whose bytes are all here.
struct FinishedUpload {
  Id<Upload> id;
  Uuid uploader;
  std::string subject;
  files::FileFacts facts;
  Metadata metadata;
};

struct Hooks {
  // Who is uploading. Errors: `not_signed_in`.
  std::function<Task<Result<Uuid>>(http::Request&)> authenticate;
  // May they, and on what terms. Errors: `forbidden`, `conflict` when it is already here, `too_large`, `validation` …
  std::function<Task<Result<Terms>>(http::Request&, const NewUpload&)> may_create;
  // Looks at the whole file before it is kept (is it a picture?), on a thread that may block. May be empty.
  std::function<Result<>(const std::filesystem::path& file, const FinishedUpload&)> inspect;
  // Marks it received, in the transaction that ends the upload. The file was put into the vault; a room that cleans the vault
  // looks whether it is still there and says `busy` when not: then it is put there again. When this refuses otherwise, nothing
  // refers to the file and the vault's sweep removes it.
  std::function<Result<>(Transaction&, const FinishedUpload&)> finished;
};

// How many bytes of `subject` are here while its upload goes on; of several begun, the one that came furthest. Nought once it
// ended.
std::uint64_t received_bytes(Snapshot& snapshot, const files::Vault& vault, std::string_view subject);

struct Settings {
  std::string path = "/api/v1/uploads";
  std::uint64_t most_bytes = 50 * 1024 * 1024;
  int most_unfinished = 500;        // of one uploader
  std::chrono::hours life{7 * 24};  // after the last byte
};

// The room itself: routes and expiry. What is passed in outlives it.
class Uploads {
 public:
  Uploads(Database& database, files::Vault& vault, http::WorkPool& pool, const Clock& clock, Randomness& randomness, Hooks hooks,
          Settings settings = {});
  ~Uploads();

  void add_routes(http::Router& router);

  // Ends what nobody went on with and forgets what ended long ago; blocks. Answers how many ended.
  int expire();
  // Does so every few hours from now on. Call before the workers start; both outlive it.
  void add_jobs(jobs::Workers& workers, jobs::Queue& queue);

 private:
  class Room;
  std::unique_ptr<Room> room_;
};

}  // namespace wujin::uploads
