#include "people/house.h"

#include <gmock/gmock.h>

namespace wujin::people {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class SignIn : public House {
 protected:
  SignIn() {
    plant_tree();
    account_ = add("zhou", {{Role::village, village}});
  }
  Account account_;
};
WUJIN_ON_BOTH_ENGINES(SignIn);

TEST_P(SignIn, gives_a_token_a_cookie_and_the_account) {
  const auto answer = sign_in(" ＺＨＯＵ ", password_of("zhou"), "phone");
  ASSERT_EQ(answer.status, 201u) << answer.code();
  EXPECT_EQ(answer.text("token").size(), 43u);
  EXPECT_EQ(answer.text("device"), "phone");
  EXPECT_EQ(answer.text("expires_at"), "2023-11-25T09:00:00.000+08:00");
  const auto& me = answer.body.at("account").as_object();
  EXPECT_EQ(me.at("town_name").as_string(), "试验镇");
  EXPECT_EQ(boost::json::serialize(me.at("may")), R"(["record","hand_in"])");
  const auto cookie = std::string(answer.response.header("set-cookie"));
  EXPECT_THAT(cookie, HasSubstr("wujin_session=" + answer.text("token")));
  EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("SameSite=Lax"));
  EXPECT_THAT(cookie, Not(HasSubstr("Secure"))) << "plain HTTP would lose it";
  EXPECT_EQ(trail("sign_in").size(), 1u);
}

TEST_P(SignIn, marks_the_cookie_secure_over_tls) {
  Manner manner;
  manner.secure = true;
  const auto answer =
      ask(Method::post, "/api/v1/sessions", R"({"login":"zhou","password":")" + password_of("zhou") + R"("})", manner);
  ASSERT_EQ(answer.status, 201u);
  EXPECT_THAT(std::string(answer.response.header("set-cookie")), HasSubstr("; Secure"));
}

TEST_P(SignIn, stores_no_token_and_no_password) {
  const auto token = token_of("zhou");
  read([&](Snapshot& snapshot) {
    EXPECT_FALSE(find_session(snapshot, LoginDigest{}));
    const auto hash = find_credentials(snapshot, account_.id)->password_hash;
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_TRUE(find_session(snapshot, secrets::digest_of(token)));
    return 0;
  });
}

TEST_P(SignIn, answers_a_wrong_login_and_a_wrong_password_alike) {
  const auto wrong_password = sign_in("zhou", "not the password");
  const auto wrong_login = sign_in("nobody", "not the password");
  EXPECT_EQ(wrong_password.status, 401u);
  EXPECT_EQ(wrong_password.code(), "wrong_login");
  EXPECT_EQ(wrong_password.body, wrong_login.body);
}

TEST_P(SignIn, locks_after_repeated_failures_whether_or_not_the_login_exists) {
  for (const std::string login : {"zhou", "nobody"}) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(sign_in(login, "not the password").status, 401u);
    EXPECT_EQ(sign_in(login, "not the password").status, 423u) << login;
    EXPECT_EQ(sign_in(login, password_of(login)).status, 423u) << "the right one does not open a locked door";
  }
  clock().advance(std::chrono::minutes(15));
  EXPECT_EQ(sign_in("zhou", password_of("zhou")).status, 201u);
}

TEST_P(SignIn, forgets_failures_once_somebody_signs_in) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(sign_in("zhou", "not the password").status, 401u);
    EXPECT_EQ(sign_in("zhou", password_of("zhou")).status, 201u);
  }
}

TEST_P(SignIn, keeps_refusals_in_the_trail_without_what_was_typed) {
  sign_in("zhou", "not the password");
  sign_in("a password typed as a login", "x");
  const auto entries = trail("sign_in");
  ASSERT_EQ(entries.size(), 2u);
  for (const auto& each : entries) {
    EXPECT_EQ(each.entry.outcome, audit::Outcome::refused);
    EXPECT_EQ(each.entry.problem, "wrong_login");
    EXPECT_THAT(each.entry.before + each.entry.after + each.entry.record, Not(HasSubstr("typed")));
  }
  EXPECT_EQ(entries[1].entry.record, account_.id.to_string());
}

TEST_P(SignIn, slows_an_address_that_fails_again_and_again) {
  unsigned last = 0;
  for (int i = 0; i < 31; ++i) last = sign_in("nobody" + std::to_string(i), "wrong").status;
  EXPECT_EQ(last, 429u);
  Manner elsewhere;
  elsewhere.address = "192.0.2.8";
  const auto body = R"({"login":"zhou","password":")" + password_of("zhou") + R"("})";
  EXPECT_EQ(ask(Method::post, "/api/v1/sessions", body, elsewhere).status, 201u);
  clock().advance(std::chrono::minutes(6));
  EXPECT_EQ(sign_in("zhou", password_of("zhou")).status, 201u);
}

TEST_P(SignIn, refuses_a_disabled_account_like_a_wrong_password) {
  account_.disabled = true;
  write([&](Transaction& transaction) -> Result<> {
    update_account(transaction, account_);
    return {};
  });
  EXPECT_EQ(sign_in("zhou", password_of("zhou")).code(), "wrong_login");
}

TEST_P(SignIn, refuses_bad_bodies) {
  const struct {
    const char *body, *code, *field;
  } cases[] = {
      {"", "malformed", ""},
      {"{", "malformed", ""},
      {R"({"login":"zhou"})", "validation", "password"},
      {R"({"password":"x"})", "validation", "login"},
      {R"({"login":"zhou","password":"x","remember":true})", "validation", "remember"},
      {R"({"login":1,"password":"x"})", "validation", "login"},
      {R"({"login":"zhou","password":"x","device":"watch"})", "validation", "device"},
      {R"({"login":"","password":"x"})", "validation", "login"},
      {R"([])", "validation", ""},
      {"{\"login\":\"a\\u0000b\",\"password\":\"x\"}", "validation", "login"},
  };
  for (const auto& c : cases) {
    const auto answer = post("/api/v1/sessions", c.body);
    EXPECT_EQ(answer.code(), c.code) << c.body;
    if (*c.field) EXPECT_EQ(answer.field(), c.field) << c.body;
  }
}

TEST_P(SignIn, lets_a_desk_session_end_after_half_an_hour_without_use) {
  const auto token = token_of("zhou", "desk");
  for (int i = 0; i < 4; ++i) {
    clock().advance(std::chrono::minutes(29));
    EXPECT_EQ(get("/api/v1/me", token).status, 200u) << i;
  }
  clock().advance(std::chrono::minutes(30));
  EXPECT_EQ(get("/api/v1/me", token).code(), "not_signed_in");
}

TEST_P(SignIn, keeps_the_limit_of_a_desk_session_when_the_clock_is_set_back) {
  for (const bool is_kept : {true, false}) {
    const auto token = token_of("zhou", "desk");
    EXPECT_EQ(get("/api/v1/me", token).status, 200u);
    clock().advance(-std::chrono::hours(8));
    EXPECT_EQ(get("/api/v1/me", token).status, 200u) << "whoever works goes on working";
    if (!is_kept) cache_.forget();
    clock().advance(std::chrono::minutes(29));
    EXPECT_EQ(get("/api/v1/me", token).status, 200u);
    if (!is_kept) cache_.forget();
    clock().advance(std::chrono::minutes(30));
    EXPECT_EQ(get("/api/v1/me", token).status, 401u) << "and half an hour without use still ends it";
  }
}

TEST_P(SignIn, renews_a_phone_session_by_use_and_remembers_it_over_a_restart) {
  const auto token = token_of("zhou", "phone");
  clock().advance(std::chrono::hours(24 * 29));
  EXPECT_EQ(get("/api/v1/me", token).status, 200u);
  cache_.forget();
  clock().advance(std::chrono::hours(24 * 29));
  EXPECT_EQ(get("/api/v1/me", token).status, 200u);
  clock().advance(std::chrono::hours(24 * 30));
  EXPECT_EQ(get("/api/v1/me", token).status, 401u);
}

TEST_P(SignIn, takes_the_cookie_as_well_as_the_token) {
  Manner manner;
  manner.headers["cookie"] = "theme=dark; wujin_session=" + token_of("zhou");
  EXPECT_EQ(ask(Method::get, "/api/v1/me", "", manner).status, 200u);
  for (const char* wrong : {"", "wujin_session=", "wujin_session=abc", "other=1", "wujin_sessions=x"}) {
    manner.headers["cookie"] = wrong;
    EXPECT_EQ(ask(Method::get, "/api/v1/me", "", manner).status, 401u) << wrong;
  }
}

TEST_P(SignIn, signs_out_here_and_everywhere) {
  const auto desk = token_of("zhou", "desk"), phone = token_of("zhou", "phone"), other = token_of("zhou", "desk");
  const auto list = get("/api/v1/sessions", desk);
  EXPECT_EQ(list.body.at("items").as_array().size(), 3u);
  EXPECT_EQ(remove("/api/v1/sessions/current", desk).status, 204u);
  EXPECT_EQ(get("/api/v1/me", desk).status, 401u);
  EXPECT_EQ(get("/api/v1/me", phone).status, 200u);
  EXPECT_EQ(remove("/api/v1/sessions", phone).status, 204u);
  EXPECT_EQ(get("/api/v1/me", phone).status, 401u);
  EXPECT_EQ(get("/api/v1/me", other).status, 401u);
  EXPECT_EQ(trail("sign_out").size() + trail("sign_out_everywhere").size(), 2u);
}

TEST_P(SignIn, ends_other_sessions_when_the_password_changes) {
  const auto here = token_of("zhou"), there = token_of("zhou");
  const auto change = [&](const std::string& present, const std::string& wanted) {
    return ask(Method::put, "/api/v1/me/password",
               R"({"current_password":")" + present + R"(","new_password":")" + wanted + R"("})", bearing(here));
  };
  EXPECT_EQ(change("wrong", "another good phrase").field(), "current_password");
  EXPECT_EQ(change(password_of("zhou"), "short").fault(), "too_short");
  EXPECT_EQ(change(password_of("zhou"), "password1234").fault(), "password_common");
  EXPECT_EQ(change(password_of("zhou"), "zhou is my name").fault(), "password_holds_login");
  EXPECT_EQ(get("/api/v1/me", there).status, 200u);
  EXPECT_EQ(change(password_of("zhou"), "another good phrase").status, 204u);
  EXPECT_EQ(get("/api/v1/me", here).status, 200u);
  EXPECT_EQ(get("/api/v1/me", there).status, 401u);
  EXPECT_EQ(sign_in("zhou", password_of("zhou")).status, 401u);
  EXPECT_EQ(sign_in("zhou", "another good phrase").status, 201u);
}

TEST_P(SignIn, answers_in_the_language_of_the_account) {
  const auto token = token_of("zhou");
  const auto changed = ask(Method::patch, "/api/v1/me", R"({"language":"en"})", bearing(token));
  ASSERT_EQ(changed.status, 200u) << changed.code();
  EXPECT_EQ(changed.text("language"), "en");
  EXPECT_EQ(get("/api/v1/policy", token).text("title"), "You have no right to do this.");
  EXPECT_EQ(ask(Method::patch, "/api/v1/me", R"({"language":"fr"})", bearing(token)).field(), "language");
  EXPECT_EQ(ask(Method::patch, "/api/v1/me", R"({"display_name":" "})", bearing(token)).field(), "display_name");
}

TEST_P(SignIn, opens_a_demo_link_again_and_again_but_on_this_machine_alone) {
  const auto token = write(
      [&](Transaction& transaction) -> Result<std::string> { return add_demo_link(account_.id, transaction, randomness()); });
  const auto body = R"({"token":")" + token + R"(","device":"phone"})";
  EXPECT_EQ(post("/api/v1/demo-sessions", body).status, 201u);
  EXPECT_EQ(post("/api/v1/demo-sessions", body).status, 201u);
  Manner from_afar;
  from_afar.loopback = false;
  EXPECT_EQ(ask(Method::post, "/api/v1/demo-sessions", body, from_afar).status, 403u);
  EXPECT_EQ(post("/api/v1/demo-sessions", R"({"token":"0123456789abcdef"})").status, 404u);
}

}  // namespace
}  // namespace wujin::people
