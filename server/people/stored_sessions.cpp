#include "people/stored_sessions.h"

#include <utility>

#include "base/text.h"
#include "people/accounts_store.h"
#include "people/policy_store.h"

namespace wujin::people {
namespace {

// What a page left open asks for by itself: it does not show that anybody sits before it.
constexpr std::string_view asked_without_a_person = "/api/v1/changes";

std::optional<OpenSession> read_session(Snapshot& snapshot, const secrets::TokenDigest& token) {
  const auto session = find_session(snapshot, token);
  if (!session) return std::nullopt;
  const auto account = find_account(snapshot, session->account);
  if (!account || account->disabled) return std::nullopt;
  OpenSession open;
  open.session = *session;
  open.noted_at = session->last_used_at;
  open.idle_limit = idle_limit(read_policy(snapshot), session->device);
  open.actor.account = account->id;
  open.actor.session = session->id;
  open.actor.display_name = account->display_name;
  open.actor.language = account->language;
  open.actor.grants = account->grants;
  open.actor.rights_version = account->rights_version;
  return open;
}

}  // namespace

std::optional<std::string_view> token_in(const http::Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const auto authorization = request.header("authorization");
  if (authorization.size() > scheme.size()) {
    bool is_bearer = true;
    for (std::size_t i = 0; i < scheme.size(); ++i) is_bearer = is_bearer && (authorization[i] | 0x20) == (scheme[i] | 0x20);
    if (is_bearer) return trimmed(authorization.substr(scheme.size()));
  }
  return request.cookie(session_cookie);
}

Task<std::optional<OpenSession>> StoredSessions::load(const secrets::TokenDigest& token, Instant now) {
  const auto generation = cache_.generation();
  auto read = [&](Snapshot& snapshot) { return read_session(snapshot, token); };
  auto open = co_await database_.read(read);
  if (open && now < open->session.expires_at) cache_.keep(token, *open, generation);
  co_return open;
}

// A full disk must not keep anybody from reading.
Task<void> StoredSessions::note_use(Session session) {
  auto write = [&](Transaction& transaction) -> Result<> {
    touch_session(transaction, session);
    return {};
  };
  try {
    const auto written = co_await database_.write(write);
    static_cast<void>(written);
  } catch (const StorageFull&) {
  }
}

Task<Result<Actor>> StoredSessions::actor_of(http::Request& request) {
  const auto token = token_in(request);
  if (!token || token->empty()) co_return ProblemCode::not_signed_in;
  const auto digest = secrets::digest_of(*token);
  const auto now = clock_.now();
  const bool renews = request.path != asked_without_a_person;
  auto open = cache_.use(digest, now, renews);
  if (!open) {
    open = co_await load(digest, now);
    if (!open) co_return ProblemCode::not_signed_in;
    if (auto renewed = cache_.use(digest, now, renews)) open = std::move(renewed);
  }
  if (now >= open->session.expires_at) co_return ProblemCode::not_signed_in;
  if (renews && cache_.claim_note(digest, now)) co_await note_use(open->session);
  request.language = open->actor.language;
  open->actor.request_id = request.request_id;
  co_return std::move(open->actor);
}

}  // namespace wujin::people
