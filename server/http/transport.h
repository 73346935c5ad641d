#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "base/task.h"

namespace boost::asio::ssl {
class context;
}

namespace wujin::http {

// One accepted socket, plain or TLS. Every wait has a deadline: the loop's warden calls cut() once it has passed, and the wait
// ends as if the peer had gone. Lives on one loop thread.
class Transport {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Socket = boost::asio::ip::tcp::socket;

  virtual ~Transport() = default;

  virtual Task<bool> open() = 0;  // the TLS handshake; false when it failed
  // At least one byte, or 0 when the peer has ended, the deadline passed (is_cut) or the line broke.
  virtual Task<std::size_t> read_some(std::span<char> into) = 0;
  // Writes some of `first` then `second`; answers how much, 0 when that is no longer possible.
  virtual Task<std::size_t> write_some(std::span<const char> first, std::span<const char> second) = 0;
  // Sends up to `length` bytes of an open file from `offset`; answers how many, 0 when that is no longer possible.
  virtual Task<std::size_t> send_file(int file, std::uint64_t offset, std::uint64_t length) = 0;
  virtual Task<void> finish() = 0;  // says that nothing more will be written
  // After finish(): takes what the peer still sends, sealed or not; 0 when it has ended.
  virtual Task<std::size_t> discard_some(std::span<char> into) = 0;
  virtual void close() = 0;

  void wait_until(Moment deadline) {
    deadline_ = deadline;
    cut_ = false;
  }
  Moment deadline() const { return deadline_; }
  bool is_cut() const { return cut_; }
  void cut() {
    cut_ = true;
    deadline_ = Moment::max();
    cancel();
  }

  static std::unique_ptr<Transport> plain(Socket socket);
  static std::unique_ptr<Transport> tls(Socket socket, boost::asio::ssl::context& context);

 protected:
  virtual void cancel() = 0;

 private:
  Moment deadline_ = Moment::max();
  bool cut_ = false;
};

// Reads both PEM files; throws when they do not fit together.
std::shared_ptr<boost::asio::ssl::context> make_tls_context(const std::string& certificate_file, const std::string& key_file);

}  // namespace wujin::http
