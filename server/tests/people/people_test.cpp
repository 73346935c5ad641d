#include <gmock/gmock.h>

#include "people/house.h"

namespace wujin::people {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class People : public House {
 protected:
  People() {
    plant_tree();
    add("sys", {{Role::system, town}});
    add("guard", {{Role::security, town}});
    add("audit", {{Role::auditor, district}});
    add("office", {{Role::station, town}});
    add("county", {{Role::district, district}});
    add("leader", {{Role::resident_leader, village}});
    zhou_ = add("zhou", {{Role::village, village}});
    neighbour_ = add("neighbour", {{Role::village, other_town}});
  }

  std::string person(const Account& account) { return "/api/v1/people/" + account.id.to_string(); }
  std::string invite_to(const std::string& token, std::string_view role, const PlaceId& place) {
    const auto answer =
        post("/api/v1/invitations", R"({"role":")" + std::string(role) + R"(","place":")" + place.text() + R"("})", token);
    EXPECT_EQ(answer.status, 201u) << answer.code();
    return answer.text("token");
  }
  Answer take_up(const std::string& token, const std::string& login) {
    return post("/api/v1/invitations/acceptance",
                R"({"token":")" + token + R"(","login":")" + login +
                    R"(","password":"a phrase of its own","display_name":"李某","device":"phone"})");
  }

  Account zhou_, neighbour_;
};
WUJIN_ON_BOTH_ENGINES(People);

TEST_P(People, are_looked_after_by_the_roles_the_house_says) {
  const struct {
    const char* login;
    unsigned list, rename, neighbour, invite_village, invite_station, reset, unlock, policy, set_policy, trail;
  } cases[] = {
      // login    list rename neigh invite station reset unlock policy set  trail
      {"sys", 200, 200, 404, 201, 201, 201, 403, 200, 403, 403},    {"guard", 200, 403, 404, 403, 403, 403, 204, 200, 200, 403},
      {"audit", 403, 403, 403, 403, 403, 403, 403, 403, 403, 200},  {"office", 200, 200, 404, 201, 403, 403, 403, 403, 403, 403},
      {"county", 200, 200, 200, 201, 201, 403, 403, 403, 403, 403}, {"leader", 403, 403, 403, 403, 403, 403, 403, 403, 403, 403},
      {"zhou", 403, 403, 403, 403, 403, 403, 403, 403, 403, 403},
  };
  for (const auto& c : cases) {
    const auto token = token_of(c.login);
    EXPECT_EQ(get("/api/v1/people", token).status, c.list) << c.login;
    const auto rename = ask(Method::patch, person(zhou_), R"({"display_name":"周某"})", editing(token, "*"));
    EXPECT_EQ(rename.status, c.rename) << c.login;
    EXPECT_EQ(get(person(neighbour_), token).status, c.neighbour) << c.login;
    const auto invite = [&](const char* role) {
      return post("/api/v1/invitations", R"({"role":")" + std::string(role) + R"(","place":"500118112"})", token).status;
    };
    EXPECT_EQ(invite("village"), c.invite_village) << c.login;
    EXPECT_EQ(invite("station"), c.invite_station) << c.login;
    EXPECT_EQ(post(person(zhou_) + "/password-reset", "", token).status, c.reset) << c.login;
    EXPECT_EQ(post(person(zhou_) + "/unlock", "", token).status, c.unlock) << c.login;
    const auto policy = get("/api/v1/policy", token);
    EXPECT_EQ(policy.status, c.policy) << c.login;
    const char* rules = R"({"lockout_failures":6,"lockout_minutes":15,"phone_session_days":30,"desk_session_minutes":30,)"
                        R"("pin_after_minutes":15,"password_min_length":10,"invitation_days":7})";
    EXPECT_EQ(ask(Method::put, "/api/v1/policy", rules, editing(token, "*")).status, c.set_policy) << c.login;
    EXPECT_EQ(get("/api/v1/audit", token).status, c.trail) << c.login;
  }
}

TEST_P(People, need_a_session_for_everything) {
  for (const char* target : {"/api/v1/people", "/api/v1/policy", "/api/v1/invitations", "/api/v1/audit", "/api/v1/sessions",
                             "/api/v1/me", "/api/v1/audit/verification"}) {
    EXPECT_EQ(get(target, "").code(), "not_signed_in") << target;
    EXPECT_EQ(get(target, "no-such-token").code(), "not_signed_in") << target;
  }
}

TEST_P(People, are_edited_as_they_were_last_seen) {
  const auto token = token_of("office");
  const auto seen = get(person(zhou_), token);
  const auto etag = seen.text("etag");
  EXPECT_EQ(seen.response.header("etag"), etag);
  const auto none = ask(Method::patch, person(zhou_), R"({"display_name":"周一"})", bearing(token));
  EXPECT_EQ(none.status, 412u);
  EXPECT_EQ(none.code(), "if_match_required");
  EXPECT_EQ(ask(Method::patch, person(zhou_), R"({"display_name":"周一"})", editing(token, etag)).status, 200u);
  const auto stale = ask(Method::patch, person(zhou_), R"({"display_name":"周二"})", editing(token, etag));
  EXPECT_EQ(stale.status, 412u);
  EXPECT_EQ(stale.body.at("current").as_object().at("display_name").as_string(), "周一");
}

TEST_P(People, lose_their_sessions_when_disabled) {
  const auto theirs = token_of("zhou"), office = token_of("office");
  EXPECT_EQ(get("/api/v1/me", theirs).status, 200u);
  EXPECT_EQ(ask(Method::patch, person(zhou_), R"({"disabled":true})", editing(office, "*")).status, 200u);
  EXPECT_EQ(get("/api/v1/me", theirs).status, 401u);
  EXPECT_EQ(sign_in("zhou", password_of("zhou")).status, 401u);
  const auto entries = trail("change_account");
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_THAT(entries[0].entry.after, HasSubstr(R"("disabled":true)"));
}

TEST_P(People, get_new_rights_at_once) {
  const auto theirs = token_of("zhou"), office = token_of("office");
  const auto before = get("/api/v1/me", theirs).body.at("grants").as_array().size();
  const auto both = R"({"grants":[{"role":"village","place":"500118112201"},{"role":"village","place":"500118112202"}]})";
  EXPECT_EQ(ask(Method::put, person(zhou_) + "/grants", both, editing(office, "*")).status, 200u);
  EXPECT_EQ(before, 1u);
  EXPECT_EQ(get("/api/v1/me", theirs).body.at("grants").as_array().size(), 2u) << "one person may serve two villages";
}

TEST_P(People, refuse_grants_that_are_no_grants) {
  const struct {
    const char *body, *code, *field;
  } cases[] = {
      {R"({"grants":[{"role":"village","place":"nowhere"}]})", "validation", "grants[0].place"},
      {R"({"grants":[{"role":"mayor","place":"500118112201"}]})", "validation", "grants[0].role"},
      {R"({"grants":[{"role":"village","place":"500118112201"},{"role":"village","place":"500118112201"}]})", "validation",
       "grants[1]"},
      {R"({"grants":[{"role":"station","place":"500118112"}]})", "forbidden", ""},
      {R"({"grants":[{"role":"village","place":"500118113"}]})", "forbidden", ""},
      {R"({"grants":"all"})", "validation", "grants"},
      {R"({})", "validation", "grants"},
  };
  const auto office = token_of("office");
  for (const auto& c : cases) {
    const auto answer = ask(Method::put, person(zhou_) + "/grants", c.body, editing(office, "*"));
    EXPECT_EQ(answer.code(), c.code) << c.body;
    if (*c.field) EXPECT_EQ(answer.field(), c.field) << c.body;
  }
}

TEST_P(People, cannot_lock_the_last_system_account_out) {
  const auto chief = add("chief", {{Role::system, district}});
  const auto token = token_of("chief");
  const auto sys = read([&](Snapshot& snapshot) { return find_credentials(snapshot, digest_of_login("sys"))->account; });
  const auto path = "/api/v1/people/" + sys.to_string();
  EXPECT_EQ(ask(Method::patch, person(chief), R"({"disabled":true})", editing(token, "*")).fault(), "own_account");
  EXPECT_EQ(ask(Method::patch, path, R"({"disabled":true})", editing(token, "*")).status, 200u);
  EXPECT_EQ(ask(Method::put, person(chief) + "/grants", R"({"grants":[]})", editing(token, "*")).fault(), "last_system");
}

TEST_P(People, come_by_invitation_once) {
  const auto token = invite_to(token_of("office"), "village", other_village);
  const auto meaning = post("/api/v1/invitations/inspect", R"({"token":")" + token + R"("})");
  EXPECT_EQ(meaning.text("kind"), "invitation");
  EXPECT_EQ(meaning.text("place_name"), "西村");
  EXPECT_EQ(meaning.text("town_name"), "试验镇");
  EXPECT_EQ(post("/api/v1/invitations/inspect", R"({"token":")" + token + R"("})").status, 200u) << "looking spends nothing";
  EXPECT_EQ(take_up(token, "zhou").code(), "login_taken");
  const auto entered = take_up(token, "lili");
  ASSERT_EQ(entered.status, 201u) << entered.code();
  EXPECT_EQ(get("/api/v1/me", entered.text("token")).text("login"), "lili");
  EXPECT_EQ(take_up(token, "second").status, 410u);
  EXPECT_EQ(post("/api/v1/invitations/inspect", R"({"token":")" + token + R"("})").code(), "link_spent");
  EXPECT_EQ(take_up("0123456789abcdef0123", "third").status, 404u);
}

TEST_P(People, are_invited_by_a_link_that_keeps_its_secret_from_logs) {
  const auto answer = post("/api/v1/invitations",
                           R"({"role":"station","place":"500118112","display_name":"王某","valid_days":3})", token_of("sys"));
  EXPECT_EQ(answer.text("link"), "http://wujin.test/office/invitation#" + answer.text("token"));
  EXPECT_EQ(answer.text("expires_at"), "2023-10-29T09:00:00.000+08:00");
  for (const auto& each : trail("invite")) EXPECT_THAT(each.entry.after, Not(HasSubstr(answer.text("token"))));
  clock().advance(std::chrono::hours(72));
  EXPECT_EQ(take_up(answer.text("token"), "late").status, 410u);
}

TEST_P(People, are_not_invited_by_what_makes_no_sense) {
  const struct {
    const char *body, *field;
  } cases[] = {
      {R"({"role":"village","place":"nowhere"})", "place"},
      {R"({"role":"village","place":"500118112","valid_days":0})", "valid_days"},
      {R"({"role":"village","place":"500118112","valid_days":91})", "valid_days"},
      {R"({"role":"king","place":"500118112"})", "role"},
      {R"({"place":"500118112"})", "role"},
  };
  const auto token = token_of("sys");
  for (const auto& c : cases) EXPECT_EQ(post("/api/v1/invitations", c.body, token).field(), c.field) << c.body;
}

TEST_P(People, lose_an_invitation_that_is_taken_back) {
  const auto office = token_of("office");
  const auto token = invite_to(office, "village", village);
  const auto list = get("/api/v1/invitations", office);
  const auto id = std::string(list.body.at("items").as_array().at(0).as_object().at("id").as_string());
  EXPECT_EQ(remove("/api/v1/invitations/" + id, token_of("zhou")).status, 403u);
  EXPECT_EQ(remove("/api/v1/invitations/" + id, office).status, 204u);
  EXPECT_EQ(take_up(token, "lili").status, 410u);
  const auto after = get("/api/v1/invitations", office);
  EXPECT_EQ(after.body.at("items").as_array().at(0).as_object().at("state").as_string(), "revoked");
}

TEST_P(People, set_a_new_password_by_a_link_of_one_use) {
  const auto theirs = token_of("zhou");
  for (int i = 0; i < 5; ++i) sign_in("zhou", "not the password");
  const auto sys = token_of("sys");
  const auto first = post(person(zhou_) + "/password-reset", "", sys), second = post(person(zhou_) + "/password-reset", "", sys);
  const auto reset = [&](const std::string& token, const std::string& password) {
    return post("/api/v1/password-resets", R"({"token":")" + token + R"(","password":")" + password + R"("})");
  };
  EXPECT_THAT(second.text("link"), HasSubstr("/phone/password-reset#"));
  EXPECT_EQ(reset(first.text("token"), "a phrase of its own").status, 410u) << "a newer link makes it worthless";
  EXPECT_EQ(reset(second.text("token"), "1234567890").field(), "password");
  EXPECT_EQ(take_up(second.text("token"), "lili").status, 404u) << "it is no invitation";
  EXPECT_EQ(reset(second.text("token"), "a phrase of its own").status, 201u);
  EXPECT_EQ(reset(second.text("token"), "another phrase").status, 410u);
  EXPECT_EQ(get("/api/v1/me", theirs).status, 401u);
  EXPECT_EQ(sign_in("zhou", "a phrase of its own").status, 201u) << "the lock-out is lifted too";
}

TEST_P(People, are_unlocked_by_the_security_role) {
  for (int i = 0; i < 5; ++i) sign_in("zhou", "not the password");
  const auto guard = token_of("guard");
  EXPECT_TRUE(get(person(zhou_), guard).body.contains("locked_until"));
  EXPECT_EQ(post(person(zhou_) + "/unlock", "", guard).status, 204u);
  EXPECT_EQ(sign_in("zhou", password_of("zhou")).status, 201u);
}

TEST_P(People, are_listed_page_by_page_and_found_by_a_part_of_their_name) {
  const auto office = token_of("office");
  for (int i = 0; i < 7; ++i) add("clerk" + std::to_string(i), {{Role::village, other_village}});
  std::set<std::string> seen;
  std::string target = "/api/v1/people?limit=3";
  for (int page = 0; page < 10; ++page) {
    const auto answer = get(target, office);
    ASSERT_EQ(answer.status, 200u);
    for (const auto& item : answer.body.at("items").as_array()) {
      EXPECT_TRUE(seen.insert(std::string(item.as_object().at("login").as_string())).second);
    }
    if (!answer.body.contains("next_cursor")) break;
    target = "/api/v1/people?limit=3&cursor=" + answer.text("next_cursor");
  }
  EXPECT_EQ(seen.size(), 12u) << "all of the town, nobody of the next";
  EXPECT_EQ(get("/api/v1/people?q=clerk3", office).body.at("items").as_array().size(), 1u);
  EXPECT_EQ(get("/api/v1/people?q=%", office).body.at("items").as_array().size(), 0u);
  EXPECT_EQ(get("/api/v1/people?place=500118112202", office).body.at("items").as_array().size(), 7u);
  EXPECT_EQ(get("/api/v1/people?place=500118113", office).body.at("items").as_array().size(), 0u);
  for (const char* bad : {"limit=0", "limit=201", "limit=x", "cursor=%%%", "cursor=00"}) {
    EXPECT_EQ(get("/api/v1/people?" + std::string(bad), office).status, 422u) << bad;
  }
}

TEST_P(People, change_the_rules_of_signing_in_within_bounds) {
  const auto guard = token_of("guard");
  const auto etag = get("/api/v1/policy", guard).text("etag");
  const auto put = [&](const std::string& body, const std::string& if_match) {
    return ask(Method::put, "/api/v1/policy", body, editing(guard, if_match));
  };
  const auto rules = [](int failures, int length) {
    return R"({"lockout_failures":)" + std::to_string(failures) +
           R"(,"lockout_minutes":15,"phone_session_days":30,"desk_session_minutes":30,"pin_after_minutes":15,"password_min_length":)" +
           std::to_string(length) + R"(,"invitation_days":7})";
  };
  const auto wrong = put(rules(2, 65), etag);
  EXPECT_EQ(wrong.status, 422u);
  EXPECT_EQ(wrong.body.at("faults").as_array().size(), 2u);
  EXPECT_EQ(put(rules(3, 12), etag).status, 200u);
  EXPECT_EQ(put(rules(4, 12), etag).status, 412u);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(sign_in("zhou", "not the password").status, 401u);
  EXPECT_EQ(sign_in("zhou", "not the password").status, 423u);
}

TEST_P(People, leave_a_trail_only_the_auditor_reads) {
  const auto office = token_of("office"), auditor = token_of("audit");
  get("/api/v1/audit", office);
  const auto page = get("/api/v1/audit?limit=2", auditor);
  ASSERT_EQ(page.status, 200u) << page.code();
  EXPECT_EQ(page.body.at("items").as_array().size(), 2u);
  ASSERT_TRUE(page.body.contains("next_cursor"));
  EXPECT_EQ(get("/api/v1/audit?cursor=" + page.text("next_cursor"), auditor).status, 200u);
  const auto refused = get("/api/v1/audit?action=read_trail", auditor);
  const auto& entry = refused.body.at("items").as_array().at(0).as_object();
  EXPECT_EQ(entry.at("result").as_string(), "refused");
  EXPECT_EQ(entry.at("person_name").as_string(), "某office");
  EXPECT_EQ(entry.at("request_id").as_string(), "request-1");
  const auto whole = get("/api/v1/audit/verification", auditor);
  ASSERT_EQ(whole.status, 200u) << whole.code();
  EXPECT_TRUE(whole.body.at("valid").as_bool());
  for (const char* bad : {"from=yesterday", "to=1", "person=zhou", "cursor=x", "limit=0"}) {
    EXPECT_EQ(get("/api/v1/audit?" + std::string(bad), auditor).status, 422u) << bad;
  }
}

TEST_P(People, verify_the_trail_away_from_the_loops) {
  http::WorkPool full(1, 0);
  AuditApi api(database(), sessions_, full, clock());
  http::Router router;
  api.add_routes(router);
  http::Request request;
  request.path = "/api/v1/audit/verification";
  request.headers = {{"host", "wujin.test"}, {"authorization", "Bearer " + token_of("audit")}};
  const auto outcome = run((*router.find(Method::get, request.path).handler)(request));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code(), ProblemCode::busy) << "it waits for a thread that may block";
}

TEST_P(People, draw_links_as_qr_codes) {
  const auto token = token_of("zhou");
  const auto drawn = post("/api/v1/qr", R"({"text":"http://wujin.test/phone/invitation#abc"})", token);
  EXPECT_EQ(drawn.status, 200u);
  EXPECT_THAT(std::get<std::string>(drawn.response.body), HasSubstr("<svg"));
  EXPECT_EQ(post("/api/v1/qr", R"({"text":""})", token).status, 422u);
  EXPECT_EQ(post("/api/v1/qr", R"({"text":")" + std::string(1025, 'x') + R"("})", token).status, 422u);
}

TEST_P(People, repeat_a_change_without_doing_it_twice) {
  const auto office = token_of("office");
  auto manner = editing(office, get(person(zhou_), office).text("etag"));
  manner.headers["idempotency-key"] = "tapped-once-0001";
  const auto first = ask(Method::patch, person(zhou_), R"({"display_name":"周一"})", manner);
  const auto again = ask(Method::patch, person(zhou_), R"({"display_name":"周一"})", manner);
  EXPECT_EQ(first.status, 200u);
  EXPECT_EQ(again.status, 200u) << "though the etag is an old one by now";
  EXPECT_EQ(first.body, again.body);
}

class SetUp : public House {};
WUJIN_ON_BOTH_ENGINES(SetUp);

TEST_P(SetUp, makes_the_first_account_by_a_link_of_one_use) {
  const auto link = [&] {
    return write([&](Transaction& transaction) -> Result<std::optional<std::string>> {
      return make_setup_link(transaction, randomness(), clock().now());
    });
  };
  const auto old = link().value(), token = link().value();
  const auto set_up = [&](const std::string& with, const std::string& more = "") {
    return post(
        "/api/v1/setup",
        R"({"token":")" + with + R"(","login":"first","password":"a phrase of its own","display_name":"管理员")" + more + "}");
  };
  EXPECT_EQ(set_up(old).status, 404u) << "a restart prints a new link";
  EXPECT_EQ(set_up(token, R"(,"town":{"id":"no spaces","name":"试验镇"})").field(), "town.id");
  const auto done = set_up(token, R"(,"town":{"id":"500118112","name":"试验镇"})");
  ASSERT_EQ(done.status, 201u) << done.code();
  const auto me = get("/api/v1/me", done.text("token"));
  EXPECT_EQ(me.text("town_name"), "试验镇");
  EXPECT_EQ(boost::json::serialize(me.body.at("may")), R"(["invite","manage_people"])");
  EXPECT_EQ(set_up(token).status, 409u);
  EXPECT_FALSE(link().has_value());
}

TEST_P(SetUp, takes_the_town_that_a_campaign_brought) {
  plant_tree();
  const auto token = write([&](Transaction& transaction) -> Result<std::optional<std::string>> {
    return make_setup_link(transaction, randomness(), clock().now());
  });
  const auto done = post("/api/v1/setup", R"({"token":")" + token.value() +
                                              R"(","login":"first","password":"a phrase of its own","display_name":"管理员"})");
  ASSERT_EQ(done.status, 201u) << done.code();
  const auto& grant = done.body.at("account").as_object().at("grants").as_array().at(0).as_object();
  EXPECT_EQ(grant.at("place").as_string(), "500118");
}

}  // namespace
}  // namespace wujin::people
