#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "audit/trail.h"
#include "database/engines.h"
#include "http/problem_response.h"
#include "people/audit_api.h"
#include "people/door.h"
#include "people/people_api.h"
#include "people/session_api.h"
#include "people/stored_sessions.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::people {

namespace asio = boost::asio;

// A district with a town of two villages and an empty town beside it, people in every role, and the routes of this room.
class House : public test::StoreTest {
 protected:
  static inline const PlaceId district{"500118"}, town{"500118112"}, village{"500118112201"}, other_village{"500118112202"},
      other_town{"500118113"};

  House() : StoreTest({audit::migrations(), replays::migrations(), places::migrations(), migrations()}) {
    sessions_api_.add_routes(router_);
    people_api_.add_routes(router_);
    audit_api_.add_routes(router_);
  }

  template <class F>
  auto write(F function) {
    auto outcome = database().write_now(function);
    EXPECT_TRUE(outcome.has_value());
    if constexpr (!std::is_void_v<typename decltype(outcome)::value_type>) return std::move(outcome.value());
  }
  template <class F>
  auto read(F function) {
    return database().read_now(function);
  }

  void plant_tree() {
    write([&](Transaction& transaction) -> Result<> {
      places::write_places(
          transaction,
          {place(district, "永川区", places::PlaceKind::district, std::nullopt),
           place(town, "试验镇", places::PlaceKind::town, district), place(other_town, "邻镇", places::PlaceKind::town, district),
           place(village, "东村", places::PlaceKind::village, town),
           place(other_village, "西村", places::PlaceKind::village, town)},
          china_date(clock().now()));
      return {};
    });
  }

  // An account whose password is the login twice over with a mark between: long enough and nobody's.
  static std::string password_of(std::string_view login) {
    return "long enough for " + std::string(login.rbegin(), login.rend());
  }
  Account add(const std::string& login, std::vector<Grant> grants) {
    NewPerson person;
    person.login = login;
    person.display_name = "某" + login;
    person.password_hash = passwords_.hash_now(password_of(login));
    return write([&](Transaction& transaction) { return add_account(person, grants, transaction, randomness(), clock().now()); });
  }

  template <class T>
  T run(Task<T> task) {
    asio::io_context loop;
    std::optional<T> answer;
    std::exception_ptr failure;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, std::optional<T> value) {
      failure = error;
      answer = std::move(value);
    });
    loop.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*answer);
  }

  struct Answer {
    unsigned status = 0;
    boost::json::object body;
    http::Response response;
    std::string code() const { return body.contains("code") ? std::string(body.at("code").as_string()) : ""; }
    std::string text(std::string_view key) const { return std::string(body.at(key).as_string()); }
    std::string field() const { return std::string(body.at("faults").as_array().at(0).as_object().at("field").as_string()); }
    std::string fault() const { return std::string(body.at("faults").as_array().at(0).as_object().at("code").as_string()); }
  };

  // How a request comes in, beside what it says.
  struct Manner {
    std::string token;
    std::map<std::string, std::string> headers;
    bool loopback = true;
    bool secure = false;
    std::string address = "192.0.2.7";
  };
  Answer ask(http::Method method, std::string_view target, std::string body, Manner manner) {
    http::Request request;
    request.method = method;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) {
      auto rest = target.substr(question + 1);
      while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        request.query.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
      }
    }
    request.body = std::move(body);
    request.remote_address = manner.address;
    request.request_id = "request-1";
    request.loopback = manner.loopback;
    request.secure = manner.secure;
    request.headers.emplace_back("host", "wujin.test");
    if (!manner.token.empty()) request.headers.emplace_back("authorization", "Bearer " + manner.token);
    for (const auto& [name, value] : manner.headers) request.headers.emplace_back(name, value);
    auto match = router_.find(request.method, request.path);
    if (!match.handler) throw std::logic_error("no such route: " + request.path);
    request.parameters = match.parameters;
    auto outcome = run((*match.handler)(request));
    Answer answer;
    answer.response = outcome ? *outcome : http::problem_response(outcome.error(), request);
    answer.status = static_cast<unsigned>(answer.response.status);
    const auto* text = std::get_if<std::string>(&answer.response.body);
    if (text && text->starts_with("{")) answer.body = boost::json::parse(*text).as_object();
    return answer;
  }
  Answer get(std::string_view target, std::string token) { return ask(http::Method::get, target, "", bearing(std::move(token))); }
  Answer post(std::string_view target, std::string body, std::string token = "") {
    return ask(http::Method::post, target, std::move(body), bearing(std::move(token)));
  }
  Answer remove(std::string_view target, std::string token) {
    return ask(http::Method::delete_, target, "", bearing(std::move(token)));
  }
  static Manner bearing(std::string token) {
    Manner manner;
    manner.token = std::move(token);
    return manner;
  }
  static Manner editing(std::string token, std::string if_match) {
    auto manner = bearing(std::move(token));
    manner.headers["if-match"] = std::move(if_match);
    return manner;
  }

  Answer sign_in(const std::string& login, const std::string& password, const std::string& device = "desk") {
    return post("/api/v1/sessions",
                boost::json::serialize(boost::json::object{{"login", login}, {"password", password}, {"device", device}}));
  }
  std::string token_of(const std::string& login, const std::string& device = "desk") {
    const auto answer = sign_in(login, password_of(login), device);
    EXPECT_EQ(answer.status, 201u) << answer.code();
    return answer.text("token");
  }

  std::vector<audit::ListedEntry> trail(const std::string& verb) {
    audit::Filter filter;
    filter.verb = verb;
    return read([&](Snapshot& snapshot) { return audit::list(snapshot, filter, std::nullopt, 100); });
  }

  static places::Place place(const PlaceId& id, std::string name, places::PlaceKind kind, std::optional<PlaceId> parent) {
    places::Place made;
    made.id = id;
    made.code = id.text();
    made.name = made.short_name = std::move(name);
    made.kind = kind;
    made.parent = std::move(parent);
    return made;
  }

  secrets::Passwords passwords_{secrets::PasswordCost::least()};
  SessionCache cache_{std::nullopt};
  StoredSessions sessions_{database(), cache_, clock()};
  Door door_{database(), passwords_, cache_, clock(), randomness()};
  HouseOptions options_{true, false};
  SessionApi sessions_api_{database(), sessions_, cache_, door_, clock(), options_};
  PeopleApi people_api_{database(), sessions_, cache_, clock(), randomness()};
  http::WorkPool pool_{1, 16};
  AuditApi audit_api_{database(), sessions_, pool_, clock()};
  http::Router router_;
};

}  // namespace wujin::people
