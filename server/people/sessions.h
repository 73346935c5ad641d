#pragma once

#include "base/result.h"
#include "base/task.h"
#include "http/request.h"
#include "people/actor.h"

namespace wujin::people {

// Who speaks in a request: every api asks this first.
class Sessions {
 public:
  virtual ~Sessions() = default;

  // By the cookie wujin_session or `Authorization: Bearer`; renews the session by use. Without either, or when the session ended,
  // expired, or its account was disabled: the problem not_signed_in. The request speaks the account's language from then on.
  // Awaited at once; `request` need only live until then.
  virtual Task<Result<Actor>> actor_of(http::Request& request) = 0;
};

}  // namespace wujin::people
