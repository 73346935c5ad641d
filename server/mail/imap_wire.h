#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/task.h"
#include "mail/imap.h"

namespace wujin::mail {

// The connection to a mail server: lines and counted bytes, in the clear until it is sealed by TLS. No wait is without an end:
// each has until the server has been silent for too long, or the time allowed for the whole of what is asked has passed. A wait
// that ends so cuts the connection. Lives on one thread or strand.
class Wire {
 public:
  using Milliseconds = std::chrono::milliseconds;
  static constexpr std::size_t longest_line = 64 * 1024;  // and what came in the same read

  // Errors: mailbox_unreachable, mailbox_too_slow.
  static Task<Result<std::shared_ptr<Wire>>> connect(std::string host, int port, ImapLimits limits);
  virtual ~Wire() = default;

  // The TLS handshake, the certificate and its name verified. What came in the clear and was not read is thrown away: it may be
  // anybody's. Errors: mailbox_not_secure, mailbox_too_slow.
  virtual Task<Result<>> seal() = 0;
  virtual bool is_sealed() const = 0;

  // From now on: the longest silence, and the time for all that follows.
  virtual void allow(Milliseconds silence, Milliseconds whole) = 0;

  // Errors of all that follow: mailbox_dropped, mailbox_too_slow; a longer line than longest_line: mailbox_not_understood.
  virtual Task<Result<>> write(std::string bytes) = 0;
  // Without its end. A line too long is handed to `shorten` first, which may take its start out.
  using Shorten = std::function<bool(std::string&)>;
  virtual Task<Result<std::string>> read_line(const Shorten* shorten = nullptr) = 0;
  // Exactly so many bytes, in pieces as they come.
  using Take = std::function<void(std::string_view)>;
  virtual Task<Result<>> read_bytes(std::uint64_t count, const Take& take) = 0;

  // Writes `line` once `wait` has passed, while somebody reads; unless it was hurried or called off. `line` outlives the wire.
  virtual void write_after(Milliseconds wait, std::string_view line) = 0;
  virtual void hurry() = 0;     // writes it now, if it was not written
  virtual void call_off() = 0;  // writes it no more
  virtual Task<> sleep(Milliseconds wait) = 0;

  virtual void close() = 0;
};

}  // namespace wujin::mail
