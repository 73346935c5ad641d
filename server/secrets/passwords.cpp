#include "secrets/passwords.h"

#include <atomic>
#include <exception>
#include <functional>
#include <new>
#include <stdexcept>
#include <utility>

#include <sodium.h>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace wujin::secrets {
namespace asio = boost::asio;
namespace {

// Two at once: 38 MiB and both cores of the smallest machine.
constexpr std::size_t threads = 2;

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

}  // namespace

struct Passwords::Workers {
  explicit Workers(std::size_t limit) : queue_limit(limit), pool(threads) {}
  ~Workers() { pool.join(); }

  // Runs `work` on the pool and resumes on the caller's executor.
  template <class T>
  Task<Result<T>> run(std::function<T()> work) {
    if (inside.fetch_add(1) >= queue_limit + threads) {
      --inside;
      co_return ProblemCode::busy;
    }
    auto initiate = [this](auto handler, std::function<T()> job) {
      auto executor = asio::get_associated_executor(handler);
      auto guard = asio::make_work_guard(executor);
      asio::post(pool, [this, job = std::move(job), handler = std::move(handler), guard = std::move(guard)]() mutable {
        std::exception_ptr failure;
        T answer{};
        try {
          answer = job();
        } catch (...) {
          failure = std::current_exception();
        }
        --inside;
        asio::post(guard.get_executor(), [handler = std::move(handler), failure, answer = std::move(answer)]() mutable {
          std::move(handler)(failure, std::move(answer));
        });
      });
    };
    T answer = co_await asio::async_initiate<decltype(asio::use_awaitable), void(std::exception_ptr, T)>(
        initiate, asio::use_awaitable, std::move(work));
    co_return answer;
  }

  std::size_t queue_limit;
  std::atomic<std::size_t> inside{0};
  asio::thread_pool pool;
};

PasswordCost PasswordCost::least() { return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN}; }

Passwords::Passwords(PasswordCost cost, std::size_t queue_limit) : cost_(cost), workers_(std::make_unique<Workers>(queue_limit)) {
  start_sodium();
}

Passwords::~Passwords() = default;

std::string Passwords::hash_now(const std::string& password) const {
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(text, password.data(), password.size(), cost_.passes, cost_.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();  // the only way it fails
  }
  return text;
}

bool Passwords::verify_now(const std::string& hash, const std::string& password) const {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

Task<Result<std::string>> Passwords::hash(std::string password) {
  std::function<std::string()> work = [this, password = std::move(password)] { return hash_now(password); };
  auto outcome = co_await workers_->run(std::move(work));
  co_return outcome;
}

Task<Result<bool>> Passwords::verify(std::string hash, std::string password) {
  std::function<bool()> work = [this, hash = std::move(hash), password = std::move(password)] {
    return verify_now(hash, password);
  };
  auto outcome = co_await workers_->run(std::move(work));
  co_return outcome;
}

Task<Result<bool>> Passwords::verify_nobody(std::string password) {
  // To verify is to hash and compare.
  std::function<bool()> work = [this, password = std::move(password)] {
    static_cast<void>(hash_now(password));
    return false;
  };
  auto outcome = co_await workers_->run(std::move(work));
  co_return outcome;
}

}  // namespace wujin::secrets
