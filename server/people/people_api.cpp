#include "people/people_api.h"

#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "http/page_limit.h"
#include "people/account_actions.h"
#include "people/page.h"
#include "people/people_wire.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::people {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct PersonList {
  std::vector<PersonAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PersonList, (), (items, next_cursor))

struct GrantsChange {
  std::vector<Grant> grants;
};
BOOST_DESCRIBE_STRUCT(GrantsChange, (), (grants))

Response with_etag(Response response, const std::string& etag) {
  response.with("ETag", etag);
  return response;
}

Result<Id<Account>> person_in(const Request& request) {
  const auto id = Id<Account>::parse(request.parameter("person"));
  if (!id) return ProblemCode::not_found;
  return *id;
}

}  // namespace

void PeopleApi::add_routes(http::Router& router) {
  const auto route = [&](Method method, std::string_view pattern, Task<Result<Response>> (PeopleApi::*handler)(Request&)) {
    router.add(method, pattern, [this, handler](Request& request) { return (this->*handler)(request); });
  };
  route(Method::get, "/api/v1/people", &PeopleApi::list_people);
  route(Method::get, "/api/v1/people/{person}", &PeopleApi::get_person);
  route(Method::patch, "/api/v1/people/{person}", &PeopleApi::change_person);
  route(Method::put, "/api/v1/people/{person}/grants", &PeopleApi::set_grants);
  route(Method::post, "/api/v1/people/{person}/password-reset", &PeopleApi::create_password_reset);
  route(Method::post, "/api/v1/people/{person}/unlock", &PeopleApi::unlock_person);
  route(Method::get, "/api/v1/policy", &PeopleApi::get_policy);
  route(Method::put, "/api/v1/policy", &PeopleApi::set_policy);
  route(Method::get, "/api/v1/invitations", &PeopleApi::list_invitations);
  route(Method::post, "/api/v1/invitations", &PeopleApi::create_invitation);
  route(Method::delete_, "/api/v1/invitations/{invitation}", &PeopleApi::revoke_invitation);
  route(Method::post, "/api/v1/invitations/inspect", &PeopleApi::inspect_invitation);
  route(Method::post, "/api/v1/qr", &PeopleApi::draw_qr);
}

Task<Result<Response>> PeopleApi::write(const Request& request, const Actor& who, Refusals::Subject subject, Act act) {
  const auto attempt = replays::attempt(request, who.account.uuid(), fmt::format("{}/{}", subject.kind, subject.record));
  if (!attempt) co_return attempt.error();
  const auto now = clock_.now();
  auto once = [&](Transaction& transaction) {
    return replays::once(transaction, *attempt, now,
                         [&] { return act(transaction, places::read_tree(transaction, china_date(now)), now); });
  };
  auto response = co_await database_.write(once);
  if (!response) co_await refusals_.note(who, subject, response.error());
  co_return response;
}

Task<Result<Response>> PeopleApi::read(const Actor& who, Refusals::Subject subject, Look look) {
  const auto now = clock_.now();
  auto run = [&](Snapshot& snapshot) { return look(snapshot, places::read_tree(snapshot, china_date(now)), now); };
  auto response = co_await database_.read(run);
  if (!response) co_await refusals_.note(who, subject, response.error());
  co_return response;
}

Task<Result<Response>> PeopleApi::list_people(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto limit = http::page_limit(request);
  if (!limit) co_return limit.error();
  const auto after = account_position_of(request);
  if (!after) co_return after.error();
  AccountFilter filter;
  filter.text = request.query_value("q").value_or("");
  if (!is_utf8_text(filter.text)) co_return Problem::at("q", ProblemCode::not_text);
  std::optional<PlaceId> place;
  if (const auto asked = request.query_value("place")) place = PlaceId(std::string(*asked));
  Look look = [&](Snapshot& snapshot, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto accounts = see_accounts(*who, filter, place, *after, *limit + 1, snapshot, tree);
    if (!accounts) return accounts.error();
    PersonList list;
    for (const auto& account : *accounts) {
      if (list.items.size() == static_cast<std::size_t>(*limit)) {
        list.next_cursor = cursor_of(AccountPosition{list.items.back().display_name, list.items.back().id});
        break;
      }
      list.items.push_back(answer_of(account, tree, now));
    }
    return Response::of(list);
  };
  Refusals::Subject subject;
  subject.verb = "list_people";
  subject.kind = "account";
  auto response = co_await read(*who, subject, std::move(look));
  co_return response;
}

Task<Result<Response>> PeopleApi::get_person(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto id = person_in(request);
  if (!id) co_return id.error();
  Look look = [&](Snapshot& snapshot, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto account = see_account(*who, *id, snapshot, tree);
    if (!account) return account.error();
    return with_etag(Response::of(answer_of(*account, tree, now)), etag_of(account->version));
  };
  const auto record = id->to_string();
  Refusals::Subject subject;
  subject.verb = "see_account";
  subject.kind = "account";
  subject.record = record;
  auto response = co_await read(*who, subject, std::move(look));
  co_return response;
}

Task<Result<Response>> PeopleApi::change_person(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto id = person_in(request);
  if (!id) co_return id.error();
  const auto change = decode_json<AccountChange>(request.body);
  if (!change) co_return change.error();
  const auto if_match = request.header("if-match");
  Act act = [&](Transaction& transaction, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto account = change_account(*who, *id, *change, if_match, transaction, cache_, tree, now);
    if (!account) return account.error();
    return with_etag(Response::of(answer_of(*account, tree, now)), etag_of(account->version));
  };
  const auto record = id->to_string();
  Refusals::Subject subject;
  subject.verb = "change_account";
  subject.kind = "account";
  subject.record = record;
  auto response = co_await write(request, *who, subject, std::move(act));
  co_return response;
}

Task<Result<Response>> PeopleApi::set_grants(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto id = person_in(request);
  if (!id) co_return id.error();
  const auto change = decode_json<GrantsChange>(request.body);
  if (!change) co_return change.error();
  const auto if_match = request.header("if-match");
  Act act = [&](Transaction& transaction, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto account = change_grants(*who, *id, change->grants, if_match, transaction, cache_, tree, now);
    if (!account) return account.error();
    return with_etag(Response::of(answer_of(*account, tree, now)), etag_of(account->version));
  };
  const auto record = id->to_string();
  Refusals::Subject subject;
  subject.verb = "change_grants";
  subject.kind = "account";
  subject.record = record;
  auto response = co_await write(request, *who, subject, std::move(act));
  co_return response;
}

Task<Result<Response>> PeopleApi::unlock_person(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto id = person_in(request);
  if (!id) co_return id.error();
  Act act = [&](Transaction& transaction, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto lifted = unlock_account(*who, *id, transaction, tree, now);
    if (!lifted) return lifted.error();
    return Response::empty();
  };
  const auto record = id->to_string();
  Refusals::Subject subject;
  subject.verb = "unlock_account";
  subject.kind = "account";
  subject.record = record;
  auto response = co_await write(request, *who, subject, std::move(act));
  co_return response;
}

Task<Result<Response>> PeopleApi::get_policy(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  Look look = [&](Snapshot& snapshot, const places::Tree&, Instant) -> Result<Response> {
    const auto policy = see_policy(*who, snapshot);
    if (!policy) return policy.error();
    return with_etag(Response::of(answer_of(*policy)), etag_of(policy->version));
  };
  Refusals::Subject subject;
  subject.verb = "see_policy";
  subject.kind = "policy";
  auto response = co_await read(*who, subject, std::move(look));
  co_return response;
}

Task<Result<Response>> PeopleApi::set_policy(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto change = decode_json<PolicyChange>(request.body);
  if (!change) co_return change.error();
  const auto if_match = request.header("if-match");
  Act act = [&](Transaction& transaction, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto policy = change_policy(*who, *change, if_match, transaction, cache_, tree, now);
    if (!policy) return policy.error();
    return with_etag(Response::of(answer_of(*policy)), etag_of(policy->version));
  };
  Refusals::Subject subject;
  subject.verb = "change_policy";
  subject.kind = "policy";
  auto response = co_await write(request, *who, subject, std::move(act));
  co_return response;
}

}  // namespace wujin::people
