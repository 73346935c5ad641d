#include "replays/replays.h"

#include <gmock/gmock.h>

#include <latch>

#include "database/engines.h"

namespace wujin::replays {
namespace {

using testing::ElementsAre;

class ReplaysTest : public test::StoreTest {
 protected:
  ReplaysTest() : StoreTest({migrations()}) {}

  http::Request request(std::string body, std::string key = "", std::string path = "/api/v1/activities/a") {
    http::Request made;
    made.method = http::Method::put;
    made.path = std::move(path);
    made.body = std::move(body);
    if (!key.empty()) made.headers.emplace_back("idempotency-key", std::move(key));
    return made;
  }
  // Asks as a room's api does; the answer counts how often the work was really done.
  Result<http::Response> ask(const http::Request& made, const std::string& subject = "", std::optional<Uuid> account = {}) {
    auto tried = attempt(made, account.value_or(someone_), subject);
    if (!tried) return tried.error();
    return database().write_now([&](Transaction& transaction) {
      return once(transaction, *tried, clock().now(), [&]() -> Result<http::Response> {
        ++done_;
        if (made.body == "refused") return Problem(ProblemCode::conflict);
        return http::Response::json(std::to_string(done_), http::Status::created).tagged("v" + std::to_string(done_));
      });
    });
  }
  std::string answer(const http::Request& made, const std::string& subject = "") {
    return std::get<std::string>(ask(made, subject).value().body);
  }

  Uuid someone_ = Uuid::random(randomness());
  int done_ = 0;
};
WUJIN_ON_BOTH_ENGINES(ReplaysTest);

TEST_P(ReplaysTest, answers_a_repeat_with_the_first_outcome_word_for_word) {
  const auto first = ask(request("one", "key-00000001")).value();
  const auto again = ask(request("one", "key-00000001")).value();
  EXPECT_EQ(done_, 1);
  EXPECT_EQ(again.status, http::Status::created);
  EXPECT_EQ(again.headers, first.headers);
  EXPECT_EQ(std::get<std::string>(again.body), "1");
}

TEST_P(ReplaysTest, answers_a_repeat_whatever_came_after) {
  EXPECT_EQ(answer(request("one", "key-00000001")), "1");
  EXPECT_EQ(answer(request("two", "key-00000002")), "2");
  EXPECT_EQ(answer(request("three")), "3");
  EXPECT_EQ(answer(request("one", "key-00000001")), "1");
  EXPECT_EQ(done_, 3);
}

TEST_P(ReplaysTest, refuses_a_key_used_for_another_request) {
  EXPECT_EQ(answer(request("one", "key-00000001")), "1");
  EXPECT_EQ(ask(request("two", "key-00000001")).error().code(), ProblemCode::key_reused);
  EXPECT_EQ(ask(request("one", "key-00000001", "/api/v1/activities/b")).error().code(), ProblemCode::key_reused);
  EXPECT_EQ(done_, 1);
}

TEST_P(ReplaysTest, keeps_the_keys_of_two_accounts_apart) {
  EXPECT_EQ(answer(request("one", "key-00000001")), "1");
  EXPECT_EQ(std::get<std::string>(ask(request("one", "key-00000001"), "", Uuid::random(randomness())).value().body), "2");
}

TEST_P(ReplaysTest, judges_a_refused_request_anew) {
  EXPECT_FALSE(ask(request("refused", "key-00000001")).has_value());
  EXPECT_FALSE(ask(request("refused", "key-00000001")).has_value());
  EXPECT_EQ(done_, 2);
}

TEST_P(ReplaysTest, knows_a_repeat_without_a_key_by_its_digest) {
  EXPECT_EQ(answer(request("one")), "1");
  EXPECT_EQ(answer(request("one")), "1");
  http::Request edit = request("one");
  edit.headers.emplace_back("if-match", "\"v1\"");
  EXPECT_EQ(answer(edit), "2");
}

// Handing in, being returned and handing in again: the first and the third request are the same to the letter.
TEST_P(ReplaysTest, takes_a_keyless_request_as_a_new_act_after_anything_else_was_done_to_the_record) {
  const auto hand_in = request("", "", "/reports/r/submission");
  const auto give_back = request(R"({"reason":"x"})", "key-00000001", "/reports/r/return");
  EXPECT_EQ(answer(hand_in, "report/r"), "1");
  EXPECT_EQ(answer(hand_in, "report/r"), "1");
  EXPECT_EQ(answer(give_back, "report/r"), "2");
  EXPECT_EQ(answer(hand_in, "report/r"), "3");
  EXPECT_EQ(answer(request("", "", "/reports/s/submission"), "report/s"), "4");
  EXPECT_EQ(answer(hand_in, "report/r"), "3");
}

TEST_P(ReplaysTest, refuses_keys_of_a_wrong_shape) {
  for (const std::string& key : {std::string("short"), std::string(129, 'x'), std::string("with a space"),
                                 std::string("钥匙钥匙"), std::string("line\nbreak")})
    EXPECT_EQ(ask(request("one", key)).error().code(), ProblemCode::validation) << key;
  EXPECT_EQ(done_, 0);
}

TEST_P(ReplaysTest, forgets_outcomes_after_their_days) {
  EXPECT_EQ(answer(request("one", "key-00000001")), "1");
  clock().advance(std::chrono::hours(24 * 8));
  EXPECT_EQ(answer(request("two", "key-00000002")), "2");
  const auto pruned = database().write_now([&](Transaction& transaction) -> Result<std::int64_t> {
    return prune(transaction, clock().now() - std::chrono::hours(24 * 7));
  });
  EXPECT_EQ(pruned.value(), 1);
  EXPECT_EQ(answer(request("one", "key-00000001")), "3");
  EXPECT_EQ(answer(request("two", "key-00000002")), "2");
}

TEST_P(ReplaysTest, keeps_answers_without_a_body) {
  const auto tried = attempt(request("x", "key-00000001"), someone_).value();
  for (int i = 0; i < 2; ++i) {
    const auto outcome = database().write_now([&](Transaction& transaction) {
      return once(transaction, tried, clock().now(), [] { return Result<http::Response>(http::Response::empty()); });
    });
    EXPECT_EQ(outcome.value().status, http::Status::no_content);
    EXPECT_EQ(std::get<std::string>(outcome.value().body), "");
  }
}

// Both are judged before either is committed; PostgreSQL runs the loser again.
TEST_P(ReplaysTest, does_the_work_once_when_two_repeats_arrive_together) {
  const auto tried = attempt(request("x", "key-00000001"), someone_).value();
  std::latch both(2);
  std::vector<std::string> answers(2);
  std::atomic<int> numbered = 0;
  const auto send = [&](std::size_t who) {
    both.arrive_and_wait();
    const auto outcome = database().write_now([&](Transaction& transaction) {
      return once(transaction, tried, clock().now(),
                  [&] { return Result<http::Response>(http::Response::json(std::to_string(++numbered))); });
    });
    answers[who] = std::get<std::string>(outcome.value().body);
  };
  std::thread other([&] { send(1); });
  send(0);
  other.join();
  EXPECT_EQ(answers[0], answers[1]);
}

}  // namespace
}  // namespace wujin::replays
