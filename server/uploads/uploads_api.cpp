#include "base/text.h"
#include "http/date.h"
#include "http/problem_response.h"
#include "uploads/room.h"

namespace wujin::uploads {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response& speak_tus(Response& response) { return response.with("Tus-Resumable", std::string(tus_version)); }

// Problems carry tus headers too: a client looks for Tus-Resumable before it reads anything else.
Response refusal(const Problem& problem, const Request& request) {
  Response response = http::problem_response(problem, request);
  if (problem.code() == ProblemCode::tus_version) response.with("Tus-Version", std::string(tus_version));
  return std::move(speak_tus(response));
}

Result<> judge_version(const Request& request) {
  if (request.header("tus-resumable") != tus_version) return Problem(ProblemCode::tus_version);
  return {};
}

Result<> judge_chunk_type(const Request& request) {
  if (request.header("content-type") != "application/offset+octet-stream") return Problem(ProblemCode::unsupported_media_type);
  return {};
}

}  // namespace

Uploads::Uploads(Database& database, files::Vault& vault, http::WorkPool& pool, const Clock& clock, Randomness& randomness,
                 Hooks hooks, Settings settings)
    : room_(std::make_unique<Room>(database, vault, pool, clock, randomness, std::move(hooks), std::move(settings))) {}

Uploads::~Uploads() = default;

int Uploads::expire() { return room_->expire(); }

void Uploads::add_routes(http::Router& router) {
  Room& room = *room_;
  const std::string one = room.settings().path + "/{upload}";
  const http::RouteOptions streaming{.body_limit = room.settings().most_bytes, .streams = true};

  router.add(Method::options, room.settings().path, [&room](Request&) -> Task<Result<Response>> {
    Response response = Response::empty();
    speak_tus(response)
        .with("Tus-Version", std::string(tus_version))
        .with("Tus-Extension", std::string(tus_extensions))
        .with("Tus-Max-Size", std::to_string(room.settings().most_bytes))
        .with("Tus-Checksum-Algorithm", std::string(tus_checksums));
    co_return response;
  });

  const auto create = [&room](Request& request) -> Task<Result<Response>> {
    if (const auto judged = judge_version(request); !judged) co_return refusal(judged.error(), request);
    const auto progress = co_await room.create(request);
    if (!progress) co_return refusal(progress.error(), request);
    Response response = Response::empty(http::Status::created);
    speak_tus(response)
        .with("Location", room.settings().path + "/" + progress->id.to_string())
        .with("Upload-Offset", std::to_string(progress->offset))
        .with("Upload-Expires", http::http_date(progress->expires_at));
    co_return response;
  };
  router.add(Method::post, room.settings().path, create, streaming);

  router.add(Method::head, one, [&room](Request& request) -> Task<Result<Response>> {
    if (const auto judged = judge_version(request); !judged) co_return refusal(judged.error(), request);
    const auto progress = co_await room.progress(request);
    if (!progress) co_return refusal(progress.error(), request);
    Response response = Response::empty(http::Status::ok);
    speak_tus(response)
        .with("Upload-Offset", std::to_string(progress->offset))
        .with("Upload-Length", std::to_string(progress->size))
        .with("Upload-Expires", http::http_date(progress->expires_at));
    co_return response;
  });

  const auto append = [&room](Request& request) -> Task<Result<Response>> {
    if (const auto judged = judge_version(request); !judged) co_return refusal(judged.error(), request);
    if (const auto judged = judge_chunk_type(request); !judged) co_return refusal(judged.error(), request);
    const auto progress = co_await room.append(request);
    if (!progress) co_return refusal(progress.error(), request);
    Response response = Response::empty();
    speak_tus(response)
        .with("Upload-Offset", std::to_string(progress->offset))
        .with("Upload-Expires", http::http_date(progress->expires_at));
    co_return response;
  };
  router.add(Method::patch, one, append, streaming);

  router.add(Method::delete_, one, [&room](Request& request) -> Task<Result<Response>> {
    if (const auto judged = judge_version(request); !judged) co_return refusal(judged.error(), request);
    const auto ended = co_await room.end(request);
    if (!ended) co_return refusal(ended.error(), request);
    Response response = Response::empty();
    speak_tus(response);
    co_return response;
  });
}

}  // namespace wujin::uploads
