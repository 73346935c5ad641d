#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace wujin::people {

// Slows down whoever tries one password after the other from one address. An office shares an address, so only failures count.
// Safe to share between threads.
class Throttle {
 public:
  explicit Throttle(int failures = 30, std::chrono::seconds window = std::chrono::minutes(5))
      : failures_(failures), window_(window) {}

  // too_many_requests with the seconds to wait once the window holds as many failures as it may.
  Result<> admit(std::string_view address, Instant now);
  void note_failure(std::string_view address, Instant now);

 private:
  void drop_old(std::deque<Instant>& times, Instant now) const;

  int failures_;
  std::chrono::milliseconds window_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::deque<Instant>> failed_;
};

}  // namespace wujin::people
