#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wujin {

// A moment, UTC, to the millisecond: the only time that is stored.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// What time it is; passed in everywhere, never asked of the system directly. Safe to share between threads.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Starts at a given moment and runs on at the true pace: the clock of the sample town.
class ShiftedClock final : public Clock {
 public:
  explicit ShiftedClock(Instant start);
  Instant now() const override;

 private:
  std::chrono::milliseconds shift_;
};

// Stands still until told otherwise: the clock of tests, and of the sample town while it is written.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : milliseconds_(start.time_since_epoch().count()) {}
  Instant now() const override { return Instant(std::chrono::milliseconds(milliseconds_.load())); }
  void set(Instant now) { milliseconds_ = now.time_since_epoch().count(); }
  void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_;
};

// RFC 3339 with an offset or Z, such as 2023-10-26T09:00:00+08:00; seconds may carry a fraction, of which milliseconds are kept.
Result<Instant> parse_instant(std::string_view text);
// As the wire writes it, always China time: 2023-10-26T09:00:00.000+08:00.
std::string to_string(Instant instant);

// Storage form.
inline std::int64_t to_milliseconds(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant from_milliseconds(std::int64_t count) { return Instant(std::chrono::milliseconds(count)); }

}  // namespace wujin
