#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

#include "load/connection.h"
#include "load/work.h"

namespace wujin::bench {

struct LoopOptions {
  Endpoint endpoint;
  unsigned clients = 4;
  std::chrono::milliseconds duration{5000};
  std::optional<std::uint64_t> count;  // so many operations instead of a duration
  std::chrono::milliseconds warm_up{1000};
  std::optional<pid_t> server;  // whose CPU and memory to read around the counted window
};

struct Measured {
  double seconds = 0;
  std::uint64_t operations = 0, errors = 0, bytes = 0;
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
  double client_cpu_ms = 0;                                   // of all counted operations
  std::optional<double> server_cpu_ms, server_background_ms;  // background: threads under SCHED_IDLE
  std::int64_t server_peak_kib = 0;                           // VmHWM at the end
  std::int64_t server_anonymous_kib = 0;                      // the most RssAnon seen within the window
  std::string first_error;
};

// Closed loop on one thread: each client does one operation after the other over one connection.
Measured run(Work& work, const LoopOptions& options);

}  // namespace wujin::bench
