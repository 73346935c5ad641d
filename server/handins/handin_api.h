#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/clock.h"
#include "base/json.h"
#include "campaigns/catalogue.h"
#include "campaigns/form_templates.h"
#include "database/database.h"
#include "files/vault.h"
#include "handins/handin_wire.h"
#include "handins/handins_actions.h"
#include "handins/making.h"
#include "http/if_match.h"
#include "http/router.h"
#include "http/work_pool.h"
#include "people/sessions.h"
#include "replays/replays.h"

// The way of everything that is handed in, once for all of it: read, hand in, withdraw, return, accept, the Word file as it would
// be now and as it was frozen.
namespace wujin::handins {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  campaigns::Catalogue& catalogue;
  campaigns::FormTemplates& forms;
  files::Vault& vault;
  http::WorkPool& pool;
  const Clock& clock;
};

// How often a hand-in is made anew because its content changed under it, and how long it waits for pictures still being drawn.
inline constexpr int most_attempts = 3;
inline constexpr int most_waits = 25;
inline constexpr std::chrono::milliseconds wait_for_drawing{200};

// `Kind` tells one deliverable from another (plans_api.cpp, reports_api.cpp):
//   Key, Open              what names one, and one as it stands, with its `versions` and `etag`
//   key_of, subject_of     from the request; for the replays
//   open, answer_of        reading one; how it looks on the wire
//   prepare, file_name     its Word file
//   hand_in, withdraw, give_back, accept      its verbs
template <class Kind>
class HandInApi {
 public:
  using Key = typename Kind::Key;
  using Open = typename Kind::Open;
  using Request = http::Request;
  using Answer = Task<Result<http::Response>>;

  explicit HandInApi(const ApiParts& parts) : parts_(parts) {}

  Answer get(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
      const auto found = open(snapshot, *asked, now);
      if (!found) return found.error();
      return answer(snapshot, *found, asked->actor, now);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Answer submit(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto submission = decode_or_empty<SubmissionRequest>(request.body);
    if (!submission) co_return submission.error();
    const auto etag = http::if_match_of(request);
    for (int attempt = 1;; ++attempt) {
      const auto document = co_await made_document(*asked);
      if (!document) co_return document.error();
      const Instant now = parts_.clock.now();
      const Act act = [&](Transaction& transaction) {
        return Kind::hand_in(transaction, parts_.catalogue, asked->actor, asked->key, *submission, etag, *document, now);
      };
      auto outcome = co_await write(request, *asked, now, act);
      const bool has_changed_meanwhile = !outcome && outcome.error().code() == ProblemCode::busy;
      if (!has_changed_meanwhile || attempt == most_attempts) co_return outcome;
    }
  }

  // A verb that needs nothing but the right to it.
  using Decision = Result<Open> (*)(Transaction&, campaigns::Catalogue&, const people::Actor&, const Key&, Instant);
  Answer decide(Request& request, Decision decision) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return decision(transaction, parts_.catalogue, asked->actor, asked->key, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  // A reviewer's verb and what it takes beside the right to it: `decode` reads that from the body.
  template <class Wanted>
  Answer review(Request& request, Result<Wanted> (*decode)(std::string_view),
                Result<Open> (*verb)(Transaction&, campaigns::Catalogue&, const people::Actor&, const Key&, const Wanted&,
                                     Instant)) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto wanted = decode(request.body);
    if (!wanted) co_return wanted.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return verb(transaction, parts_.catalogue, asked->actor, asked->key, *wanted, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Answer document(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto making = co_await making_of(*asked);
    if (!making) co_return making.error();
    const auto fill = [&] { return make(*making); };
    auto bytes = co_await parts_.pool.run(std::cref(fill));
    if (!bytes) co_return bytes.error();
    co_return http::Response::document(std::move(*bytes), std::string(word_type), making->file_name);
  }

  Answer versions(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
      const auto found = open(snapshot, *asked, now);
      if (!found) return found.error();
      return version_list(found->versions);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Answer version_document(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<http::Response> {
      const auto found = open(snapshot, *asked, now);
      if (!found) return found.error();
      const auto version = version_in(request, found->versions);
      if (!version) return version.error();
      return frozen_file(parts_.vault, *version, Kind::file_name(*found));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

 protected:
  // Who asks, and for which one: the first thing every handler learns.
  struct Asked {
    people::Actor actor;
    Key key;
  };
  using Act = std::function<Result<Open>(Transaction&)>;

  Task<Result<Asked>> asked_of(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const Result<Key> key = Kind::key_of(request);
    if (!key) co_return key.error();
    Asked asked{*actor, *key};
    co_return asked;
  }

  Result<Open> open(Snapshot& snapshot, const Asked& asked, Instant now) const {
    return Kind::open(snapshot, parts_.catalogue, asked.actor, asked.key, now);
  }

  static http::Response answer(Snapshot& snapshot, const Open& found, const people::Actor& actor, Instant now) {
    http::Response response = http::Response::of(Kind::answer(snapshot, found, actor, now));
    response.with("ETag", found.etag);
    return response;
  }

  // Runs a verb once, whatever is repeated, and answers the whole as it stands then. A stale one is told what is there now.
  Answer write(const Request& request, const Asked& asked, Instant now, const Act& act) const {
    const auto attempt = replays::attempt(request, asked.actor.account.uuid(), Kind::subject_of(asked.key));
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<http::Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<http::Response> {
        const auto outcome = act(transaction);
        if (outcome) return answer(transaction, *outcome, asked.actor, now);
        Problem problem = outcome.error();
        if (is_about_another_state(problem.code())) {
          const auto current = open(transaction, asked, now);
          if (current) problem.carrying(encode_json(Kind::answer(transaction, *current, asked.actor, now)));
        }
        return problem;
      });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  const ApiParts parts_;

 private:
  static bool is_about_another_state(ProblemCode code) {
    return code == ProblemCode::stale || code == ProblemCode::if_match_required || code == ProblemCode::not_the_newest;
  }

  Task<Result<Making>> making_of(const Asked& asked) const {
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Making> {
      const auto found = open(snapshot, asked, now);
      if (!found) return found.error();
      auto making = Kind::prepare(snapshot, parts_, *found);
      sign(making, found->versions);
      return making;
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  // Pictures that have just arrived are still being drawn: worth a moment's patience, for the version is frozen with them.
  Task<Result<MadeDocument>> made_document(const Asked& asked) const {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (int waits = 0;; ++waits) {
      auto making = co_await making_of(asked);
      if (!making) co_return making.error();
      if (making->undrawn == 0) {
        sign(*making, asked.actor.display_name, parts_.clock.now());
        const auto keep = [&] { return make_and_keep(*making, parts_.vault); };
        co_return co_await parts_.pool.run(std::cref(keep));
      }
      if (waits == most_waits) co_return Problem(ProblemCode::busy);
      timer.expires_after(wait_for_drawing);
      co_await timer.async_wait(boost::asio::use_awaitable);
    }
  }
};

// Adds the routes every deliverable has, below `path`. `Api` is a HandInApi of Kind or made from one.
template <class Kind, class Api>
void add_hand_in_routes(http::Router& router, const std::string& path, const std::shared_ptr<const Api>& api) {
  using http::Method;
  using http::Request;
  router.add(Method::get, path, [api](Request& request) { return api->get(request); });
  router.add(Method::get, path + "/document.docx", [api](Request& request) { return api->document(request); });
  router.add(Method::post, path + "/submission", [api](Request& request) { return api->submit(request); });
  router.add(Method::post, path + "/withdrawal", [api](Request& request) { return api->decide(request, Kind::withdraw); });
  router.add(Method::post, path + "/return",
             [api](Request& request) { return api->review(request, &decode_json<ReturnRequest>, Kind::give_back); });
  router.add(Method::post, path + "/acceptance",
             [api](Request& request) { return api->review(request, &decode_or_empty<AcceptanceRequest>, Kind::accept); });
  router.add(Method::get, path + "/versions", [api](Request& request) { return api->versions(request); });
  router.add(Method::get, path + "/versions/{number}/document.docx",
             [api](Request& request) { return api->version_document(request); });
}

}  // namespace wujin::handins
