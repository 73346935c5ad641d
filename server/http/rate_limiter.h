#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace wujin::http {

// A token bucket for each key (an address, an account): so many at once, then one every so often. Safe to share between threads.
class RateLimiter {
 public:
  RateLimiter(const Clock& clock, int burst, std::chrono::milliseconds refill, std::size_t most_keys = 10'000)
      : clock_(clock), burst_(burst), refill_(refill), most_keys_(most_keys) {}

  // Takes one. Errors: `too_many_requests` with the seconds to wait.
  Result<> take(std::string_view key);

 private:
  // The moment the bucket is full again tells all: each one taken moves it on.
  using Full = Instant;
  void forget_full(Instant now);

  const Clock& clock_;
  const int burst_;
  const std::chrono::milliseconds refill_;
  const std::size_t most_keys_;
  std::mutex mutex_;
  std::unordered_map<std::string, Full> buckets_;
};

}  // namespace wujin::http
