#include "plans/plans_api.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>

#include "base/json.h"
#include "base/text.h"
#include "http/page_limit.h"
#include "people/may.h"
#include "places/place_store.h"
#include "plans/plan_answer.h"
#include "plans/plan_document.h"
#include "plans/plans_actions.h"
#include "replays/replays.h"

namespace wujin::plans {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
// How often a hand-in is made anew because the plan changed under it.
constexpr int most_attempts = 3;

struct PlanList {
  std::vector<PlanEntry> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PlanList, (), (items, next_cursor))

struct VersionList {
  std::vector<handins::VersionAnswer> items;
};
BOOST_DESCRIBE_STRUCT(VersionList, (), (items))

std::string subject_of(const PlanKey& key) { return "plan/" + key.campaign.text() + "/" + key.place.text(); }

std::optional<std::string> if_match_of(const Request& request) {
  const auto value = request.header("if-match");
  return value.empty() ? std::nullopt : std::optional(std::string(value));
}

// An empty body stands for an empty object.
template <class T>
Result<T> decode_or_empty(const std::string& body) {
  return trimmed(body).empty() ? Result<T>(T{}) : decode_json<T>(body);
}

// Who asks, and for which plan: the first thing every handler learns.
struct Asked {
  Actor actor;
  PlanKey key;
};

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto campaign = request.query_value("campaign");
    if (!campaign) co_return Problem::at("campaign", ProblemCode::required);
    const auto limit = http::page_limit(request);
    if (!limit) co_return limit.error();
    const std::string after(request.query_value("cursor").value_or(""));
    const CampaignId id{std::string(*campaign)};
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) { return list_page(snapshot, *actor, id, after, *limit, now); };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> get(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto plan = open(snapshot, *asked, now);
      if (!plan) return plan.error();
      return answer(snapshot, *plan, asked->actor, now);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> change(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto change = decode_json<HeadChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return change_plan(transaction, parts_.catalogue, asked->actor, asked->key, *change, etag, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> put_row(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto id = Id<PlanRow>::parse(request.parameter("row"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto change = decode_json<RowChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = if_match_of(request);
    const bool must_be_new = request.header("if-none-match") == "*";
    const Instant now = parts_.clock.now();
    const RowAct act = [&](Transaction& transaction) -> Result<Response> {
      const auto put =
          plans::put_row(transaction, parts_.catalogue, asked->actor, asked->key, *id, *change, etag, must_be_new, now);
      if (!put) return put.error();
      const auto plan = open(transaction, *asked, now);
      if (!plan) return plan.error();
      const auto row = answer_of(transaction, *plan, put->row);
      Response response = Response::of(row, put->is_new ? http::Status::created : http::Status::ok);
      response.with("ETag", row.etag);
      return response;
    };
    co_return co_await write_row(request, *asked, *id, now, act);
  }

  Task<Result<Response>> remove_row(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto id = Id<PlanRow>::parse(request.parameter("row"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto etag = if_match_of(request);
    const Instant now = parts_.clock.now();
    const RowAct act = [&](Transaction& transaction) -> Result<Response> {
      const auto removed = plans::remove_row(transaction, parts_.catalogue, asked->actor, asked->key, *id, etag, now);
      if (!removed) return removed.error();
      return Response::empty();
    };
    co_return co_await write_row(request, *asked, *id, now, act);
  }

  Task<Result<Response>> copy(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto wanted = decode_json<CopyRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return copy_month(transaction, parts_.catalogue, asked->actor, asked->key, *wanted, parts_.randomness, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> submit(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto submission = decode_or_empty<SubmissionRequest>(request.body);
    if (!submission) co_return submission.error();
    const auto etag = if_match_of(request);
    for (int attempt = 1;; ++attempt) {
      const auto making = co_await making_of(*asked);
      if (!making) co_return making.error();
      const auto keep = [&] { return make_and_keep(making->making, parts_.vault); };
      const auto document = co_await parts_.pool.run(std::cref(keep));
      if (!document) co_return document.error();
      const Instant now = parts_.clock.now();
      const Act act = [&](Transaction& transaction) {
        return hand_in_plan(transaction, parts_.catalogue, asked->actor, asked->key, *submission, etag, *document, now);
      };
      auto outcome = co_await write(request, *asked, now, act);
      const bool has_changed_meanwhile = !outcome && outcome.error().code() == ProblemCode::busy;
      if (!has_changed_meanwhile || attempt == most_attempts) co_return outcome;
    }
  }

  Task<Result<Response>> withdraw(Request& request) const { co_return co_await decide(request, &withdraw_plan); }
  Task<Result<Response>> accept(Request& request) const { co_return co_await decide(request, &accept_plan); }
  Task<Result<Response>> sign_off(Request& request) const { co_return co_await decide(request, &sign_off_plan); }

  Task<Result<Response>> give_back(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto wanted = decode_json<handins::ReturnRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return return_plan(transaction, parts_.catalogue, asked->actor, asked->key, *wanted, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> document(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto making = co_await making_of(*asked);
    if (!making) co_return making.error();
    const auto fill = [&] { return make(making->making); };
    auto bytes = co_await parts_.pool.run(std::cref(fill));
    if (!bytes) co_return bytes.error();
    co_return Response::document(std::move(*bytes), std::string(word_type), making->file_name);
  }

  Task<Result<Response>> versions(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto plan = open(snapshot, *asked, now);
      if (!plan) return plan.error();
      VersionList list{handins::answers_of(plan->versions)};
      std::ranges::reverse(list.items);
      return Response::of(list);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> version_document(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const std::string_view text = request.parameter("number");
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) co_return Problem(ProblemCode::not_found);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto plan = open(snapshot, *asked, now);
      if (!plan) return plan.error();
      const auto version = std::ranges::find(plan->versions, number, &handins::Version::number);
      if (version == plan->versions.end()) return Problem(ProblemCode::not_found);
      return frozen_file(*plan, *version);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

 private:
  using Act = std::function<Result<OpenPlan>(Transaction&)>;
  using RowAct = std::function<Result<Response>(Transaction&)>;
  using Decision = Result<OpenPlan> (*)(Transaction&, campaigns::Catalogue&, const Actor&, const PlanKey&, Instant);

  Task<Result<Asked>> asked_of(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    Asked asked{*actor,
                {CampaignId(std::string(request.parameter("campaign"))), PlaceId(std::string(request.parameter("place")))}};
    co_return asked;
  }

  Result<OpenPlan> open(Snapshot& snapshot, const Asked& asked, Instant now) const {
    return open_plan(snapshot, parts_.catalogue, asked.actor, asked.key, now);
  }

  static Response answer(Snapshot& snapshot, const OpenPlan& plan, const Actor& actor, Instant now) {
    Response response = Response::of(answer_of(snapshot, plan, actor, now));
    response.with("ETag", plan.etag);
    return response;
  }

  // Every place of the campaign's town that the actor may read, in its own order.
  Result<Response> list_page(Snapshot& snapshot, const Actor& actor, const CampaignId& id, const std::string& after, int limit,
                             Instant now) const {
    const auto bundle = parts_.catalogue.latest(snapshot, id);
    if (bundle == nullptr) return Problem(ProblemCode::not_found);
    const places::Tree tree = places::read_tree(snapshot, china_date(now));
    PlanList page;
    bool is_past = after.empty();
    bool may_read_any = false;
    for (const places::Place* place : tree.subtree(bundle->campaign.town)) {
      if (!people::may(actor, people::Verb::read_place, tree.place_and_ancestors(place->id))) continue;
      may_read_any = true;
      if (!is_past) {
        is_past = place->id.text() == after;
        continue;
      }
      if (page.items.size() == static_cast<std::size_t>(limit)) {
        page.next_cursor = page.items.back().place.text();
        break;
      }
      const auto plan = open_plan(snapshot, parts_.catalogue, actor, {id, place->id}, now);
      if (plan) page.items.push_back(entry_of(snapshot, *plan, actor, now));
    }
    if (!may_read_any) return Problem(ProblemCode::not_found);
    return Response::of(page);
  }

  Response frozen_file(const OpenPlan& plan, const handins::Version& version) const {
    std::string digest;
    if (!from_hex(version.sha256, digest)) throw std::runtime_error("a stored digest is not hexadecimal");
    Response response = Response::document("", std::string(word_type), document_name(plan));
    const auto path = parts_.vault.path(digest);
    response.body = http::FileBody{path, std::filesystem::file_size(path)};
    response.tagged(version.sha256);
    return response;
  }

  Task<Result<Response>> decide(Request& request, Decision decision) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return decision(transaction, parts_.catalogue, asked->actor, asked->key, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  // Runs a verb once, whatever is repeated, and answers the plan as it stands then. A stale one is told what is there now.
  Task<Result<Response>> write(const Request& request, const Asked& asked, Instant now, const Act& act) const {
    const auto attempt = replays::attempt(request, asked.actor.account.uuid(), subject_of(asked.key));
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        const auto plan = act(transaction);
        if (plan) return answer(transaction, *plan, asked.actor, now);
        Problem problem = plan.error();
        if (problem.code() == ProblemCode::stale || problem.code() == ProblemCode::if_match_required) {
          const auto current = open(transaction, asked, now);
          if (current) problem.carrying(encode_json(answer_of(transaction, *current, asked.actor, now)));
        }
        return problem;
      });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  // The same for one row: two people editing two rows never meet.
  Task<Result<Response>> write_row(const Request& request, const Asked& asked, const Id<PlanRow>& id, Instant now,
                                   const RowAct& act) const {
    const auto attempt = replays::attempt(request, asked.actor.account.uuid(), "plan_row/" + id.to_string());
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        auto response = act(transaction);
        if (response || response.error().code() != ProblemCode::stale) return response;
        Problem problem = response.error();
        const auto plan = open(transaction, asked, now);
        if (!plan) return problem;
        const auto row = std::ranges::find(plan->rows, id, &PlanRow::id);
        if (row != plan->rows.end()) problem.carrying(encode_json(answer_of(transaction, *plan, *row)));
        return problem;
      });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  struct NamedMaking {
    Making making;
    std::string file_name;
  };
  Task<Result<NamedMaking>> making_of(const Asked& asked) const {
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<NamedMaking> {
      const auto plan = open(snapshot, asked, now);
      if (!plan) return plan.error();
      return NamedMaking{prepare(*plan, parts_.forms), document_name(*plan)};
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const std::string plan = "/api/v1/plans/{campaign}/{place}";
  router.add(Method::get, "/api/v1/plans", [api](Request& request) { return api->list(request); });
  router.add(Method::get, plan, [api](Request& request) { return api->get(request); });
  router.add(Method::put, plan, [api](Request& request) { return api->change(request); });
  router.add(Method::put, plan + "/rows/{row}", [api](Request& request) { return api->put_row(request); });
  router.add(Method::delete_, plan + "/rows/{row}", [api](Request& request) { return api->remove_row(request); });
  router.add(Method::post, plan + "/copy", [api](Request& request) { return api->copy(request); });
  router.add(Method::get, plan + "/document.docx", [api](Request& request) { return api->document(request); });
  router.add(Method::post, plan + "/submission", [api](Request& request) { return api->submit(request); });
  router.add(Method::post, plan + "/withdrawal", [api](Request& request) { return api->withdraw(request); });
  router.add(Method::post, plan + "/return", [api](Request& request) { return api->give_back(request); });
  router.add(Method::post, plan + "/acceptance", [api](Request& request) { return api->accept(request); });
  router.add(Method::post, plan + "/sign-off", [api](Request& request) { return api->sign_off(request); });
  router.add(Method::get, plan + "/versions", [api](Request& request) { return api->versions(request); });
  router.add(Method::get, plan + "/versions/{number}/document.docx",
             [api](Request& request) { return api->version_document(request); });
}

}  // namespace wujin::plans
