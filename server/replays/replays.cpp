#include "replays/replays.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "replays/replay_store.h"

namespace wujin::replays {
namespace {

std::string digest_of(const http::Request& request) {
  std::string text;
  const auto append = [&](std::string_view part) { text += fmt::format("{}:{}", part.size(), part); };
  append(std::to_string(static_cast<int>(request.method)));
  append(request.path);
  for (const auto& [name, value] : request.query) {
    append(name);
    append(value);
  }
  append(request.header("if-match"));
  append(request.header("if-none-match"));
  append(request.body);
  return to_hex(sha256(text));
}

bool is_well_shaped(std::string_view key) {
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7F'; };
  return key.size() >= 8 && key.size() <= 128 && std::all_of(key.begin(), key.end(), is_visible);
}

}  // namespace

Result<Attempt> attempt(const http::Request& request, const Uuid& account, const std::string& subject) {
  Attempt made;
  made.account = account;
  made.digest = digest_of(request);
  made.subject = subject.empty() ? request.path : subject;
  const std::string_view key = request.header("idempotency-key");
  if (!key.empty() && !is_well_shaped(key))
    return Problem::at("Idempotency-Key", ProblemCode::invalid, {{"expected", "8-128 ASCII"}});
  // The letter is older than the table of those without a key.
  if (!key.empty()) made.key = "k" + std::string(key);
  return made;
}

Result<http::Response> once(Transaction& transaction, const Attempt& attempt, Instant now,
                            const std::function<Result<http::Response>()>& act) {
  if (auto kept = find(transaction, attempt)) {
    if (kept->digest != attempt.digest) return Problem(ProblemCode::key_reused);
    return std::move(kept->response);
  }
  auto outcome = act();
  if (!outcome) return outcome.error();
  keep(transaction, attempt, *outcome, now);
  return outcome;
}

Result<http::Response> once_if_keyed(Transaction& transaction, const Attempt& attempt, Instant now,
                                     const std::function<Result<http::Response>()>& act) {
  return attempt.is_keyless() ? act() : once(transaction, attempt, now, act);
}

}  // namespace wujin::replays
