#include "secrets/passwords.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace wujin::secrets {
namespace {

namespace asio = boost::asio;

template <class T>
T answer_of(Task<T> task) {
  asio::io_context loop;
  std::optional<T> answer;
  std::exception_ptr failure;
  asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
    failure = error;
    if (!error) answer.emplace(std::move(value));
  });
  loop.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*answer);
}

TEST(Passwords, know_the_right_one_and_no_other) {
  Passwords passwords(PasswordCost::least());
  const auto hash = answer_of(passwords.hash("消防安全2023")).value();
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_EQ(hash.find("消防"), std::string::npos);
  EXPECT_TRUE(answer_of(passwords.verify(hash, "消防安全2023")).value());
  for (const char* wrong : {"消防安全2024", "", "消防安全2023 "}) EXPECT_FALSE(answer_of(passwords.verify(hash, wrong)).value());
}

TEST(Passwords, never_know_a_password_of_nobody) {
  Passwords passwords(PasswordCost::least());
  EXPECT_FALSE(answer_of(passwords.verify_nobody("any")).value());
}

TEST(Passwords, take_a_broken_hash_for_wrong) {
  Passwords passwords(PasswordCost::least());
  for (const char* broken : {"", "plain", "$argon2id$v=19$m=8,t=1,p=1$", "$2b$10$abcdefghijklmnopqrstuv"}) {
    EXPECT_FALSE(passwords.verify_now(broken, "plain")) << broken;
  }
}

TEST(Passwords, salt_every_hash) {
  Passwords passwords(PasswordCost::least());
  EXPECT_NE(passwords.hash_now("same password"), passwords.hash_now("same password"));
}

TEST(Passwords, cost_what_the_house_asks_for) {
  Passwords passwords;
  EXPECT_NE(passwords.hash_now("any password").find("m=19456,t=2,p=1"), std::string::npos);
}

TEST(Passwords, refuse_what_their_queue_does_not_hold) {
  Passwords passwords(PasswordCost{}, 0);  // two at work and nobody waiting
  asio::io_context loop;
  std::atomic<int> done{0}, refused{0};
  for (int i = 0; i < 6; ++i) {
    asio::co_spawn(loop, passwords.hash("a password"), [&](std::exception_ptr, Result<std::string> answer) {
      if (answer) {
        ++done;
      } else if (answer.error().code() == ProblemCode::busy) {
        ++refused;
      }
    });
  }
  loop.run();
  EXPECT_EQ(done + refused, 6);
  EXPECT_GE(done, 2);
  EXPECT_GE(refused, 1) << "hashing takes tens of milliseconds, asking six times takes none";
  EXPECT_TRUE(answer_of(passwords.hash("a password")).has_value()) << "there is room again";
}

}  // namespace
}  // namespace wujin::secrets
