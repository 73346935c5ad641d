#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace wujin::people {

// Slows down whoever does something too often: tries one password after the other, writes without an account. Counts by a key,
// such as an address (http/client_network.h), in memory only. Safe to share between threads.
class Throttle {
 public:
  // Unless told otherwise as the door needs it: an office shares an address, so only failures are noted.
  explicit Throttle(int most = 30, std::chrono::seconds window = std::chrono::minutes(5)) : most_(most), window_(window) {}

  // too_many_requests with the seconds to wait once the window holds as many as it may.
  Result<> admit(std::string_view key, Instant now);
  void note(std::string_view key, Instant now);
  // Both at once: two that come together do not pass for one. What is refused is not noted.
  Result<> take(std::string_view key, Instant now);

 private:
  void drop_old(std::deque<Instant>& times, Instant now) const;
  Result<> room_in(std::deque<Instant>& times, Instant now) const;
  std::deque<Instant>& times_of(std::string_view key, Instant now);

  int most_;
  std::chrono::milliseconds window_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::deque<Instant>> noted_;
};

}  // namespace wujin::people
