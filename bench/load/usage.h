#pragma once

#include <cstdint>

#include <sys/types.h>

namespace wujin::bench {

// What a process used so far.
struct Usage {
  double cpu_ms = 0;         // all threads, those that ended included
  double background_ms = 0;  // of that, threads under SCHED_IDLE: renditions
  std::int64_t peak_kib = 0;
  std::int64_t anonymous_kib = 0;
};
Usage usage_of(pid_t process);
std::int64_t anonymous_kib_of(pid_t process);
double own_cpu_ms();

}  // namespace wujin::bench
