#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "webhooks/robot.h"

// Posting to an address somebody typed in: only where such a robot can be, and never for long.
namespace wujin::webhooks {

struct Limits {
  std::chrono::milliseconds connect{5000};
  std::chrono::milliseconds whole{10000};
  std::size_t answer_bytes = 64 * 1024;
  bool loopback = false;                         // this machine too, over plain HTTP if need be: for tests and the sample
  std::filesystem::path trusted_certificates{};  // PEM, beside the system's own
};

// Whether an address may be kept at all: https with a host, no user name in it. What the host turns out to be is judged again
// when it is connected to. Errors: invalid.
Result<> check_url(std::string_view url, const Limits& limits);

enum class Delivery : std::uint8_t {
  sent,
  later,     // certainly not taken: worth another attempt
  refused,   // certainly not taken, and never will be
  uncertain  // all of it was sent, no answer came: it may have been taken
};

struct Outcome {
  Delivery delivery = Delivery::sent;
  std::string cause{};  // for the log: codes only, never the address, which is a secret
};

// Blocks until it is settled, at most `limits.whole`: for jobs, never on a loop. Follows no redirect, uses no proxy, connects to
// no address of a private, local or reserved network, whatever name leads there.
Outcome send(const Post& post, const Limits& limits);

}  // namespace wujin::webhooks
