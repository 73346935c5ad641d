#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "base/task.h"
#include "database/database.h"
#include "database/migrate.h"
#include "files/vault.h"
#include "http/request.h"

// Resumable uploads (tus 1.0) into the vault. What is uploaded, and who may, the rooms say through hooks.
namespace wujin::uploads {

std::span<const Migration> migrations();

struct Upload;

// What a client wants to upload.
struct NewUpload {
  Uuid uploader;
  std::uint64_t size = 0;
  std::vector<std::pair<std::string, std::string>> metadata;  // Upload-Metadata, values decoded

  std::optional<std::string_view> value(std::string_view key) const;
};

// What the room answers to it.
struct Terms {
  std::string subject;  // what the upload is of ("photo:<uuid>"): kept with it, unique among unfinished uploads of an uploader
  std::optional<std::string> sha256;  // the 32 bytes announced; another content is refused at the end
};

// An upload whose bytes are all here.
struct FinishedUpload {
  Id<Upload> id;
  Uuid uploader;
  std::string subject;
  files::FileFacts facts;
  std::vector<std::pair<std::string, std::string>> metadata;
};

struct Hooks {
  // Who is uploading. Errors: `not_signed_in`.
  std::function<Task<Result<Uuid>>(http::Request&)> authenticate;
  // May they, and on what terms. Errors: `forbidden`, `conflict` when it is already here, `too_large`, `validation` …
  std::function<Task<Result<Terms>>(http::Request&, const NewUpload&)> may_create;
  // Looks at the whole file before it is kept (is it a picture?), on a thread that may block. May be empty.
  std::function<Result<>(const std::filesystem::path& file, const FinishedUpload&)> inspect;
  // Marks it received, in the transaction that ends the upload. The file is in the vault by then.
  std::function<Result<>(Transaction&, const FinishedUpload&)> finished;
};

}  // namespace wujin::uploads
