#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "database/database.h"
#include "database/migrate.h"
#include "http/request.h"
#include "http/response.h"

// Repeated requests: a phone that lost the answer asks again and gets the first outcome, whatever came after.
namespace wujin::replays {

std::span<const Migration> migrations();

// What makes two requests the same one.
struct Attempt {
  Uuid account;
  std::string key;      // the Idempotency-Key; empty without one
  std::string digest;   // of method, path, query, If-Match, If-None-Match and body
  std::string subject;  // the record written to

  bool is_keyless() const { return key.empty(); }
};

// `subject` names the record the request writes to, the same for all its verbs ("report/baofeng-2023/…"); empty: the path. It
// matters only to requests without a key: such a repeat counts as one until anything else is written to that record, so that
// handing in, being returned and handing in again are three acts though the first and the last look alike. A key of a wrong shape
// (8 to 128 visible ASCII characters) is a problem.
Result<Attempt> attempt(const http::Request& request, const Uuid& account, const std::string& subject = {});

// In a room's api, inside its write:
//   return replays::once(transaction, attempt, clock.now(), [&] { return answer(submit_activity(…)); });
// Runs `act` unless this attempt has an outcome already, and keeps a successful one in the same transaction. A refusal rolls the
// write back and is judged anew when repeated. The same key with another request is the problem key_reused. Not for answers that
// carry a secret (sessions): they are stored as they are.
Result<http::Response> once(Transaction& transaction, const Attempt& attempt, Instant now,
                            const std::function<Result<http::Response>()>& act);

// The same for an act that changes nothing when nothing is to change and may be meant again later: without a key nothing tells a
// repeat from that, so it is simply done again.
Result<http::Response> once_if_keyed(Transaction& transaction, const Attempt& attempt, Instant now,
                                     const std::function<Result<http::Response>()>& act);

// Forgets outcomes kept before `before`. Answers how many.
std::int64_t prune(Transaction& transaction, Instant before);

}  // namespace wujin::replays
