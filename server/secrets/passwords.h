#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/task.h"

namespace wujin::secrets {

// What one password hash costs. The default is Argon2id with t = 2 and 19 MiB (stack.md: 28–63 ms); tests take the least.
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = std::size_t{19} * 1024 * 1024;

  static PasswordCost least();  // what libsodium allows at all; never for a real account
};

// Hashes and checks passwords on two threads of its own, so that sign-ins never hold up a loop or fill the memory. What does not
// fit its queue is refused as busy.
class Passwords {
 public:
  explicit Passwords(PasswordCost cost = {}, std::size_t queue_limit = 64);
  ~Passwords();
  Passwords(const Passwords&) = delete;
  Passwords& operator=(const Passwords&) = delete;

  // The hash in PHC form with its salt and cost, at most 128 characters. Errors: busy.
  Task<Result<std::string>> hash(std::string password);
  // Whether `password` made `hash`. Errors: busy.
  Task<Result<bool>> verify(std::string hash, std::string password);
  // The same work as verify with an answer of no: for a login that does not exist, so that time tells nothing. Errors: busy.
  Task<Result<bool>> verify_nobody(std::string password);

  // The same on the calling thread: for commands and the sample town, never on a loop.
  std::string hash_now(const std::string& password) const;
  bool verify_now(const std::string& hash, const std::string& password) const;

 private:
  struct Workers;
  PasswordCost cost_;
  std::unique_ptr<Workers> workers_;
};

}  // namespace wujin::secrets
