#include "people/session_api.h"

#include <utility>

#include "base/json.h"
#include "http/client_network.h"
#include "people/account_actions.h"
#include "people/stored_sessions.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::people {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Status;

struct SessionRequest {
  std::string login, password;
  std::optional<Device> device;
};
BOOST_DESCRIBE_STRUCT(SessionRequest, (), (login, password, device))

struct DemoSessionRequest {
  std::string token;
  std::optional<Device> device;
};
BOOST_DESCRIBE_STRUCT(DemoSessionRequest, (), (token, device))

struct NamedTown {
  PlaceId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedTown, (), (id, name))

struct SetupRequest {
  std::string token, login, password, display_name;
  std::optional<std::string> language;
  std::optional<NamedTown> town;
};
BOOST_DESCRIBE_STRUCT(SetupRequest, (), (token, login, password, display_name, language, town))

struct InvitationAcceptance {
  std::string token, login, password, display_name;
  std::optional<std::string> language;
  std::optional<Device> device;
};
BOOST_DESCRIBE_STRUCT(InvitationAcceptance, (), (token, login, password, display_name, language, device))

struct PasswordResetAcceptance {
  std::string token, password;
  std::optional<Device> device;
};
BOOST_DESCRIBE_STRUCT(PasswordResetAcceptance, (), (token, password, device))

struct PasswordChange {
  std::string current_password, new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current_password, new_password))

struct SessionAnswer {
  std::string token;
  Id<Session> id;
  Instant expires_at{};
  Device device = Device::desk;
  MeAnswer account;
};
BOOST_DESCRIBE_STRUCT(SessionAnswer, (), (token, id, expires_at, device, account))

struct SessionEntry {
  Id<Session> id;
  Device device = Device::desk;
  Instant created_at{}, last_used_at{}, expires_at{};
  bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionEntry, (), (id, device, created_at, last_used_at, expires_at, current))

struct SessionList {
  std::vector<SessionEntry> items;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (items))

// The server ends a phone's session after thirty days without use; browsers keep no cookie longer than four hundred.
constexpr std::string_view phone_cookie_age = "; Max-Age=34560000";

std::string cookie_of(std::string_view token, Device device, bool secure) {
  auto cookie = std::string(session_cookie) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax";
  if (device == Device::phone) cookie += phone_cookie_age;
  if (secure) cookie += "; Secure";
  return cookie;
}

std::string spent_cookie(bool secure) {
  return std::string(session_cookie) + "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0" + (secure ? "; Secure" : "");
}

Door::Caller caller_of(const Request& request, std::optional<Device> device) {
  return {http::client_network(request.remote_address), request.request_id, device.value_or(Device::desk)};
}

Result<Language> language_in(const std::optional<std::string>& tag, const Request& request) {
  if (!tag) return request.language;
  const auto language = language_of(*tag);
  if (!language) return Problem::at("language", ProblemCode::unknown_choice, {{"value", *tag}});
  return *language;
}

// The town a set-up names. Its id is the place's for ever, so it is held to what addresses can carry.
Result<std::optional<places::Place>> town_of(const std::optional<NamedTown>& named) {
  if (!named) return std::optional<places::Place>();
  constexpr std::string_view allowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
  const auto& id = named->id.text();
  if (id.empty() || id.size() > 64 || id.find_first_not_of(allowed) != std::string::npos) {
    return Problem::at("town.id", ProblemCode::invalid, {{"expected", "1–64: 0-9 A-Z a-z _ -"}});
  }
  auto name = checked_display_name(named->name, "town.name");
  if (!name) return name.error();
  places::Place town;
  town.id = named->id;
  town.code = id;
  town.name = town.short_name = std::move(*name);
  town.kind = places::PlaceKind::town;
  return std::optional(std::move(town));
}

// What a person types is no longer than the contract says, before any work is done with it.
Result<> check_sizes(std::string_view login, std::string_view password) {
  constexpr std::size_t longest_login = 64, longest_password = 256;
  std::vector<Fault> faults;
  if (login.empty()) faults.push_back({"login", ProblemCode::required, {}});
  if (password.empty()) faults.push_back({"password", ProblemCode::required, {}});
  if (login.size() > longest_login * 4)
    faults.push_back({"login", ProblemCode::too_long, {{"limit", std::to_string(longest_login)}}});
  if (password.size() > longest_password * 4) {
    faults.push_back({"password", ProblemCode::too_long, {{"limit", std::to_string(longest_password)}}});
  }
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

}  // namespace

void SessionApi::add_routes(http::Router& router) {
  const auto route = [&](Method method, std::string_view pattern, Task<Result<Response>> (SessionApi::*handler)(Request&)) {
    router.add(method, pattern, [this, handler](Request& request) { return (this->*handler)(request); });
  };
  route(Method::post, "/api/v1/sessions", &SessionApi::create_session);
  route(Method::get, "/api/v1/sessions", &SessionApi::list_sessions);
  route(Method::delete_, "/api/v1/sessions", &SessionApi::end_all_sessions);
  route(Method::delete_, "/api/v1/sessions/current", &SessionApi::end_current_session);
  route(Method::post, "/api/v1/demo-sessions", &SessionApi::create_demo_session);
  route(Method::post, "/api/v1/setup", &SessionApi::set_up);
  route(Method::post, "/api/v1/invitations/acceptance", &SessionApi::accept_invitation);
  route(Method::post, "/api/v1/password-resets", &SessionApi::accept_password_reset);
  route(Method::get, "/api/v1/me", &SessionApi::get_me);
  route(Method::patch, "/api/v1/me", &SessionApi::change_me);
  route(Method::put, "/api/v1/me/password", &SessionApi::change_password);
}

Surroundings SessionApi::surroundings(const Request& request) const { return {clock_.now(), options_.demo, request.secure}; }

Task<Result<Response>> SessionApi::welcome(const Request& request, OpenedSession opened) {
  const auto around = surroundings(request);
  auto read = [&](Snapshot& snapshot) {
    const auto account = find_account(snapshot, opened.session.account).value();
    return me_of(account, read_policy(snapshot), places::read_tree(snapshot, china_date(around.now)), around);
  };
  SessionAnswer answer;
  answer.account = co_await database_.read(read);
  answer.token = opened.token;
  answer.id = opened.session.id;
  answer.expires_at = opened.session.expires_at;
  answer.device = opened.session.device;
  auto response = Response::of(answer, Status::created);
  response.with("Set-Cookie", cookie_of(opened.token, opened.session.device, request.secure)).with("Cache-Control", "no-store");
  co_return response;
}

Task<Result<Response>> SessionApi::create_session(Request& request) {
  auto asked = decode_json<SessionRequest>(request.body);
  if (!asked) co_return asked.error();
  const auto sized = check_sizes(asked->login, asked->password);
  if (!sized) co_return sized.error();
  auto caller = caller_of(request, asked->device);
  auto opened = co_await door_.sign_in(std::move(asked->login), std::move(asked->password), std::move(caller));
  if (!opened) co_return opened.error();
  auto response = co_await welcome(request, std::move(*opened));
  co_return response;
}

Task<Result<Response>> SessionApi::list_sessions(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  auto read = [&](Snapshot& snapshot) { return people::list_sessions(snapshot, who->account, clock_.now()); };
  const auto open = co_await database_.read(read);
  SessionList list;
  for (const auto& each : open) {
    list.items.push_back({each.id, each.device, each.created_at, each.last_used_at, each.expires_at, each.id == who->session});
  }
  co_return Response::of(list);
}

Task<Result<Response>> SessionApi::end_all_sessions(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto now = clock_.now();
  auto end = [&](Transaction& transaction) {
    return sign_out_everywhere(*who, transaction, cache_, places::read_tree(transaction, china_date(now)), now);
  };
  const auto ended = co_await database_.write(end);
  if (!ended) co_return ended.error();
  auto response = Response::empty();
  response.with("Set-Cookie", spent_cookie(request.secure));
  co_return response;
}

Task<Result<Response>> SessionApi::end_current_session(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto now = clock_.now();
  auto end = [&](Transaction& transaction) {
    return sign_out(*who, transaction, cache_, places::read_tree(transaction, china_date(now)), now);
  };
  const auto ended = co_await database_.write(end);
  if (!ended) co_return ended.error();
  auto response = Response::empty();
  response.with("Set-Cookie", spent_cookie(request.secure));
  co_return response;
}

Task<Result<Response>> SessionApi::create_demo_session(Request& request) {
  auto asked = decode_json<DemoSessionRequest>(request.body);
  if (!asked) co_return asked.error();
  if (!options_.demo) co_return ProblemCode::not_found;
  if (!request.loopback && !options_.share) co_return ProblemCode::forbidden;
  auto caller = caller_of(request, asked->device);
  auto opened = co_await door_.open_demo_link(std::move(asked->token), std::move(caller));
  if (!opened) co_return opened.error();
  auto response = co_await welcome(request, std::move(*opened));
  co_return response;
}

Task<Result<Response>> SessionApi::set_up(Request& request) {
  auto asked = decode_json<SetupRequest>(request.body);
  if (!asked) co_return asked.error();
  const auto language = language_in(asked->language, request);
  if (!language) co_return language.error();
  const auto town = town_of(asked->town);
  if (!town) co_return town.error();
  Door::Newcomer newcomer;
  newcomer.login = std::move(asked->login);
  newcomer.password = std::move(asked->password);
  newcomer.display_name = std::move(asked->display_name);
  newcomer.language = *language;
  auto caller = caller_of(request, Device::desk);
  auto opened = co_await door_.set_up(std::move(asked->token), std::move(newcomer), *town, std::move(caller));
  if (!opened) co_return opened.error();
  auto response = co_await welcome(request, std::move(*opened));
  co_return response;
}

Task<Result<Response>> SessionApi::accept_invitation(Request& request) {
  auto asked = decode_json<InvitationAcceptance>(request.body);
  if (!asked) co_return asked.error();
  const auto language = language_in(asked->language, request);
  if (!language) co_return language.error();
  Door::Newcomer newcomer;
  newcomer.login = std::move(asked->login);
  newcomer.password = std::move(asked->password);
  newcomer.display_name = std::move(asked->display_name);
  newcomer.language = *language;
  auto caller = caller_of(request, asked->device);
  auto opened = co_await door_.take_up_invitation(std::move(asked->token), std::move(newcomer), std::move(caller));
  if (!opened) co_return opened.error();
  auto response = co_await welcome(request, std::move(*opened));
  co_return response;
}

Task<Result<Response>> SessionApi::accept_password_reset(Request& request) {
  auto asked = decode_json<PasswordResetAcceptance>(request.body);
  if (!asked) co_return asked.error();
  auto caller = caller_of(request, asked->device);
  auto opened = co_await door_.take_up_password_reset(std::move(asked->token), std::move(asked->password), std::move(caller));
  if (!opened) co_return opened.error();
  auto response = co_await welcome(request, std::move(*opened));
  co_return response;
}

Task<Result<Response>> SessionApi::get_me(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto around = surroundings(request);
  auto read = [&](Snapshot& snapshot) {
    const auto account = find_account(snapshot, who->account).value();
    return me_of(account, read_policy(snapshot), places::read_tree(snapshot, china_date(around.now)), around);
  };
  const auto me = co_await database_.read(read);
  co_return Response::of(me);
}

Task<Result<Response>> SessionApi::change_me(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto change = decode_json<OwnChange>(request.body);
  if (!change) co_return change.error();
  const auto attempt = replays::attempt(request, who->account.uuid(), "account/" + who->account.to_string());
  if (!attempt) co_return attempt.error();
  const auto around = surroundings(request);
  auto write = [&](Transaction& transaction) {
    return replays::once(transaction, *attempt, around.now, [&]() -> Result<Response> {
      const auto tree = places::read_tree(transaction, china_date(around.now));
      const auto account = change_oneself(*who, *change, transaction, cache_, tree, around.now);
      if (!account) return account.error();
      return Response::of(me_of(*account, read_policy(transaction), tree, around));
    });
  };
  auto response = co_await database_.write(write);
  co_return response;
}

Task<Result<Response>> SessionApi::change_password(Request& request) {
  auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  auto asked = decode_json<PasswordChange>(request.body);
  if (!asked) co_return asked.error();
  auto caller = caller_of(request, std::nullopt);
  const auto changed = co_await door_.change_password(std::move(*who), std::move(asked->current_password),
                                                      std::move(asked->new_password), std::move(caller));
  if (!changed) co_return changed.error();
  co_return Response::empty();
}

}  // namespace wujin::people
