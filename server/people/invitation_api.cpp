#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "documents/qr.h"
#include "http/page_limit.h"
#include "people/link_actions.h"
#include "people/page.h"
#include "people/people_api.h"
#include "places/place_store.h"

// The links of people_api.h: invitations, new passwords, and drawing them.
namespace wujin::people {
namespace {

using http::Request;
using http::Response;
using http::Status;

struct InvitationAnswer {
  Id<Link> id;
  Role role = Role::village;
  PlaceId place;
  std::string place_name;
  std::optional<std::string> display_name;
  Instant created_at{};
  std::string created_by;
  Instant expires_at{};
  LinkState state = LinkState::open;
  std::optional<Instant> used_at;
  std::optional<std::string> used_by;
};
BOOST_DESCRIBE_STRUCT(InvitationAnswer, (),
                      (id, role, place, place_name, display_name, created_at, created_by, expires_at, state, used_at, used_by))

struct InvitationMade : InvitationAnswer {
  std::string token, link;
};
BOOST_DESCRIBE_STRUCT(InvitationMade, (InvitationAnswer), (token, link))

struct InvitationList {
  std::vector<InvitationAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(InvitationList, (), (items, next_cursor))

struct PasswordResetMade {
  std::string token, link;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(PasswordResetMade, (), (token, link, expires_at))

struct TokenRequest {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(TokenRequest, (), (token))

struct TokenMeaning {
  LinkKind kind = LinkKind::invitation;
  std::optional<std::string> town_name;
  std::optional<PlaceId> place;
  std::optional<std::string> place_name;
  std::optional<Role> role;
  std::optional<std::string> display_name, login;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(TokenMeaning, (), (kind, town_name, place, place_name, role, display_name, login, expires_at))

struct QrRequest {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(QrRequest, (), (text))

std::string name_of_place(const PlaceId& id, const places::Tree& tree) {
  const auto* place = tree.find(id);
  return place ? place->name : id.text();
}

std::string name_of_person(const Id<Account>& id, Snapshot& snapshot) { return find_account(snapshot, id).value().display_name; }

InvitationAnswer answer_of(const Link& link, Snapshot& snapshot, const places::Tree& tree, Instant now) {
  InvitationAnswer answer;
  answer.id = link.id;
  answer.role = link.grant.role;
  answer.place = link.grant.place;
  answer.place_name = name_of_place(link.grant.place, tree);
  if (!link.display_name.empty()) answer.display_name = link.display_name;
  answer.created_at = link.created_at;
  answer.created_by = name_of_person(link.created_by, snapshot);
  answer.expires_at = link.expires_at;
  answer.state = state_of(link, now);
  answer.used_at = link.used_at;
  if (link.used_by) answer.used_by = name_of_person(*link.used_by, snapshot);
  return answer;
}

TokenMeaning answer_of(const LinkMeaning& meaning, const places::Tree& tree) {
  TokenMeaning answer;
  answer.kind = meaning.link.kind;
  answer.expires_at = meaning.link.expires_at;
  PlaceId place = meaning.link.grant.place;
  if (meaning.account) {
    answer.login = meaning.account->login;
    answer.display_name = meaning.account->display_name;
    if (!meaning.account->grants.empty()) place = meaning.account->grants.front().place;
  } else {
    answer.role = meaning.link.grant.role;
    answer.place = place;
    answer.place_name = name_of_place(place, tree);
    if (!meaning.link.display_name.empty()) answer.display_name = meaning.link.display_name;
  }
  if (const auto* town = tree.town_of(place)) answer.town_name = town->name;
  return answer;
}

// {origin}/{phone|office}/{what}#{token}, as contract/README.md says: behind the # no log and no preview sees the token.
std::string link_to(const Request& request, bool on_a_phone, std::string_view what, std::string_view token) {
  return fmt::format("{}://{}/{}/{}#{}", request.secure ? "https" : "http", request.header("host"),
                     on_a_phone ? "phone" : "office", what, token);
}

bool works_on_a_phone(Role role) { return role == Role::village || role == Role::resident_leader; }

}  // namespace

Task<Result<Response>> PeopleApi::list_invitations(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto limit = http::page_limit(request);
  if (!limit) co_return limit.error();
  const auto after = link_position_of(request);
  if (!after) co_return after.error();
  Look look = [&](Snapshot& snapshot, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto links = see_invitations(*who, *after, *limit + 1, snapshot, tree);
    if (!links) return links.error();
    InvitationList list;
    for (const auto& link : *links) {
      if (list.items.size() == static_cast<std::size_t>(*limit)) {
        list.next_cursor = cursor_of(LinkPosition{list.items.back().created_at, list.items.back().id});
        break;
      }
      list.items.push_back(answer_of(link, snapshot, tree, now));
    }
    return Response::of(list);
  };
  Refusals::Subject subject;
  subject.verb = "list_invitations";
  subject.kind = "invitation";
  auto response = co_await read(*who, subject, std::move(look));
  co_return response;
}

// Never answered a second time from what was kept: the answer is a secret. A repeat makes another invitation.
Task<Result<Response>> PeopleApi::create_invitation(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto asked = decode_json<InvitationRequest>(request.body);
  if (!asked) co_return asked.error();
  const auto now = clock_.now();
  auto make = [&](Transaction& transaction) -> Result<Response> {
    const auto tree = places::read_tree(transaction, china_date(now));
    const auto made = invite(*who, *asked, transaction, tree, randomness_, now);
    if (!made) return made.error();
    InvitationMade answer;
    static_cast<InvitationAnswer&>(answer) = answer_of(made->link, transaction, tree, now);
    answer.token = made->token;
    answer.link = link_to(request, works_on_a_phone(asked->role), "invitation", made->token);
    auto response = Response::of(answer, Status::created);
    response.with("Cache-Control", "no-store");
    return response;
  };
  auto response = co_await database_.write(make);
  Refusals::Subject subject;
  subject.verb = "invite";
  subject.kind = "invitation";
  subject.place = asked->place.text();
  if (!response) co_await refusals_.note(*who, subject, response.error());
  co_return response;
}

Task<Result<Response>> PeopleApi::revoke_invitation(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto id = Id<Link>::parse(request.parameter("invitation"));
  if (!id) co_return ProblemCode::not_found;
  Act act = [&](Transaction& transaction, const places::Tree& tree, Instant now) -> Result<Response> {
    const auto revoked = people::revoke_invitation(*who, *id, transaction, tree, now);
    if (!revoked) return revoked.error();
    return Response::empty();
  };
  const auto record = id->to_string();
  Refusals::Subject subject;
  subject.verb = "revoke_invitation";
  subject.kind = "invitation";
  subject.record = record;
  auto response = co_await write(request, *who, subject, std::move(act));
  co_return response;
}

Task<Result<Response>> PeopleApi::inspect_invitation(Request& request) {
  const auto asked = decode_json<TokenRequest>(request.body);
  if (!asked) co_return asked.error();
  const auto now = clock_.now();
  auto look = [&](Snapshot& snapshot) -> Result<Response> {
    const auto meaning = inspect_link(asked->token, snapshot, now);
    if (!meaning) return meaning.error();
    return Response::of(answer_of(*meaning, places::read_tree(snapshot, china_date(now))));
  };
  auto response = co_await database_.read(look);
  co_return response;
}

Task<Result<Response>> PeopleApi::create_password_reset(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto id = Id<Account>::parse(request.parameter("person"));
  if (!id) co_return ProblemCode::not_found;
  const auto now = clock_.now();
  auto make = [&](Transaction& transaction) -> Result<Response> {
    const auto tree = places::read_tree(transaction, china_date(now));
    const auto made = make_password_reset(*who, *id, transaction, tree, randomness_, now);
    if (!made) return made.error();
    const auto grants = grants_of(transaction, *id);
    const bool on_a_phone = !grants.empty() && works_on_a_phone(grants.front().role);
    const PasswordResetMade answer{made->token, link_to(request, on_a_phone, "password-reset", made->token),
                                   made->link.expires_at};
    auto response = Response::of(answer, Status::created);
    response.with("Cache-Control", "no-store");
    return response;
  };
  auto response = co_await database_.write(make);
  const auto record = id->to_string();
  Refusals::Subject subject;
  subject.verb = "make_password_reset";
  subject.kind = "account";
  subject.record = record;
  if (!response) co_await refusals_.note(*who, subject, response.error());
  co_return response;
}

Task<Result<Response>> PeopleApi::draw_qr(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto asked = decode_json<QrRequest>(request.body);
  if (!asked) co_return asked.error();
  constexpr std::size_t longest = 1024;
  if (asked->text.empty()) co_return Problem::at("text", ProblemCode::required);
  if (count_characters(asked->text) > longest) {
    co_return Problem::at("text", ProblemCode::too_long, {{"limit", std::to_string(longest)}});
  }
  auto drawn = documents::qr_svg(asked->text);
  if (!drawn) co_return Problem::at("text", ProblemCode::too_long, {{"limit", std::to_string(longest)}});
  Response response;
  response.with("Content-Type", "image/svg+xml").with("Cache-Control", "no-store");
  response.body = std::move(*drawn);
  co_return response;
}

}  // namespace wujin::people
