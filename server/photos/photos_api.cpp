#include "photos/photos_api.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "files/digests.h"
#include "images/inspect.h"
#include "photos/mapped_file.h"
#include "photos/media_type.h"
#include "photos/photo_answer.h"
#include "photos/photos_actions.h"

namespace wujin::photos {
namespace {

Result<Id<Photo>> id_of(const http::Request& request) {
  const auto id = Id<Photo>::parse(request.parameter("photo"));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

// A file of the vault that whoever may read the picture may keep: its content never changes under this address.
http::Response file_answer(const files::Vault& vault, const std::string& sha256, std::int64_t bytes, std::string media_type) {
  http::Response response;
  response.body = http::FileBody{vault.path(files::stored_hash(sha256)), static_cast<std::uint64_t>(bytes)};
  response.with("Content-Type", std::move(media_type))
      .with("Cache-Control", "private, max-age=604800, immutable")
      .tagged(sha256.substr(0, 32));
  return response;
}

constexpr std::string_view subject_prefix = "photo:";

std::string subject_of(const Id<Photo>& id) { return std::string(subject_prefix) + id.to_string(); }

using Reader = Result<http::Response> (*)(Snapshot&, const ApiParts&, const people::Actor&, const Id<Photo>&);

Result<http::Response> read_state(Snapshot& snapshot, const ApiParts& parts, const people::Actor& actor, const Id<Photo>& id) {
  const auto seen = see_photo(snapshot, actor, parts.owners, id);
  if (!seen) return seen.error();
  const auto arriving = seen->photo.received_at ? 0 : uploads::received_bytes(snapshot, parts.vault, subject_of(id));
  return http::Response::of(answer_of(*seen, static_cast<std::int64_t>(arriving)));
}

Result<http::Response> read_near(Snapshot& snapshot, const ApiParts& parts, const people::Actor& actor, const Id<Photo>& id) {
  const auto seen = see_photo(snapshot, actor, parts.owners, id);
  if (!seen) return seen.error();
  NearListAnswer list;
  list.items = near_answers(*seen, 200);
  return http::Response::of(list);
}

template <Size size>
Result<http::Response> read_rendition(Snapshot& snapshot, const ApiParts& parts, const people::Actor& actor,
                                      const Id<Photo>& id) {
  const auto photo = read_photo(snapshot, actor, parts.owners, id);
  if (!photo) return photo.error();
  if (photo->drawing == Drawing::unreadable) return Problem(ProblemCode::photo_unreadable);
  const auto drawn = rendition(snapshot, id, size);
  if (!drawn) return Problem(ProblemCode::rendition_not_ready);
  return file_answer(parts.vault, drawn->sha256, drawn->bytes, "image/jpeg");
}

Result<http::Response> read_original(Snapshot& snapshot, const ApiParts& parts, const people::Actor& actor, const Id<Photo>& id) {
  const auto photo = read_photo(snapshot, actor, parts.owners, id);
  if (!photo) return photo.error();
  if (!photo->received_at) return Problem(ProblemCode::not_found);
  const auto media_type = photo->media_type.empty() ? sniffed_type(parts.vault, photo->sha256) : photo->media_type;
  const auto extension = media_type.starts_with("image/") ? "." + media_type.substr(6) : std::string();
  auto response = file_answer(parts.vault, photo->sha256, photo->bytes, media_type);
  response.with("Content-Disposition", "inline; filename=\"" + id.to_string() + extension + "\"")
      .with("Content-Security-Policy", "sandbox; default-src 'none'");
  return response;
}

Task<Result<http::Response>> answer(const ApiParts& parts, http::Request& request, Reader reader) {
  const auto id = id_of(request);
  if (!id) co_return id.error();
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  auto read = [&](Snapshot& snapshot) { return reader(snapshot, parts, *actor, *id); };
  co_return co_await parts.database.read(read);
}

// ── uploads ──

std::optional<Id<Photo>> photo_in(const uploads::NewUpload& upload) {
  const auto text = upload.value("photo");
  return text ? Id<Photo>::parse(*text) : std::nullopt;
}

Result<Id<Photo>> photo_of(const uploads::FinishedUpload& upload) {
  const auto id = Id<Photo>::parse(std::string_view(upload.subject).substr(subject_prefix.size()));
  if (!id) return Problem(ProblemCode::not_found);
  return *id;
}

// The hash the client names must be the one its record names, when both do.
Result<std::optional<std::string>> agreed_hash(const std::optional<std::string>& by_record, const uploads::NewUpload& upload) {
  const auto by_client = upload.value("sha256");
  if (by_client && !is_sha256(*by_client)) {
    return Problem::at("Upload-Metadata.sha256", ProblemCode::invalid, {{"expected", "SHA-256"}});
  }
  if (by_client && by_record && *by_client != *by_record) return Problem(ProblemCode::photo_differs);
  std::optional<std::string> binary;
  if (by_client || by_record) {
    binary.emplace();
    if (!from_hex(by_record ? std::string_view(*by_record) : *by_client, *binary)) return Problem(ProblemCode::photo_differs);
  }
  return binary;
}

Task<Result<uploads::Terms>> judge_upload(const ApiParts& parts, http::Request& request, const uploads::NewUpload& upload) {
  const auto id = photo_in(upload);
  if (!id) co_return Problem::at("Upload-Metadata.photo", ProblemCode::invalid, {{"expected", "UUID"}});
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  auto judge = [&](Snapshot& snapshot) {
    return may_upload(snapshot, *actor, parts.owners, *id, static_cast<std::int64_t>(upload.size));
  };
  const auto announced = co_await parts.database.read(judge);
  if (!announced) co_return announced.error();
  auto hash = agreed_hash(*announced, upload);
  if (!hash) co_return hash.error();
  uploads::Terms terms;
  terms.subject = subject_of(*id);
  terms.sha256 = std::move(*hash);
  co_return terms;
}

Task<Result<Uuid>> uploader_of(const ApiParts& parts, http::Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  co_return actor->account.uuid();
}

}  // namespace

void add_routes(http::Router& router, const ApiParts& given) {
  const auto parts = std::make_shared<const ApiParts>(given);
  const auto add = [&](std::string_view path, Reader reader) {
    router.add(http::Method::get, path, [parts, reader](http::Request& request) { return answer(*parts, request, reader); });
  };
  add("/api/v1/photos/{photo}", read_state);
  add("/api/v1/photos/{photo}/320", read_rendition<Size::small>);
  add("/api/v1/photos/{photo}/1280", read_rendition<Size::large>);
  add("/api/v1/photos/{photo}/original", read_original);
  add("/api/v1/photos/{photo}/near-duplicates", read_near);
}

uploads::Hooks upload_hooks(const ApiParts& given) {
  const auto parts = std::make_shared<const ApiParts>(given);
  uploads::Hooks hooks;
  hooks.authenticate = [parts](http::Request& request) { return uploader_of(*parts, request); };
  hooks.may_create = [parts](http::Request& request, const uploads::NewUpload& upload) {
    return judge_upload(*parts, request, upload);
  };
  hooks.inspect = [](const std::filesystem::path& path, const uploads::FinishedUpload&) -> Result<> {
    const MappedFile file(path);
    const auto found = images::inspect(file.bytes());
    if (!found) return found.error();
    return {};
  };
  hooks.finished = [parts](Transaction& transaction, const uploads::FinishedUpload& upload) -> Result<> {
    const auto id = photo_of(upload);
    if (!id) return id.error();
    const House house{parts->queue, parts->vault, parts->owners};
    return receive(transaction, house, upload.uploader, *id, upload.facts, parts->clock.now());
  };
  return hooks;
}

}  // namespace wujin::photos
