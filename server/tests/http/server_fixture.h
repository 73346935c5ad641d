#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include "base/clock.h"
#include "base/randomness.h"
#include "http/server.h"

namespace wujin::http {

// A plain blocking socket: says exactly the bytes a test wants said.
class Client {
 public:
  // `buffer`: the kernel holds no more than about this of what was not read yet; 0 leaves it to the kernel.
  explicit Client(std::uint16_t port, int buffer = 0);
  ~Client();
  Client(const Client&) = delete;

  void send(std::string_view bytes);
  int descriptor() const { return socket_; }
  void end();  // half-closes: nothing more will be sent
  // Everything until the server closes, or until a whole answer by its Content-Length has come.
  std::string read_all();
  std::string read_answer(bool with_body = true);
  // What has come after at most this long; empty when nothing has.
  std::string read_within(std::chrono::milliseconds patience);
  std::string exchange(std::string_view bytes) {
    send(bytes);
    return read_answer();
  }

 private:
  bool receive();
  int socket_;
  std::string buffer_;
};

unsigned status_of(std::string_view answer);
std::string header_of(std::string_view answer, std::string_view name);
std::string body_of(std::string_view answer);

// A server on a port of the kernel's choosing: add routes, then start.
class OwnServer {
 public:
  OwnServer();
  void start();

  ServerConfig config;
  Router router;
  Metrics metrics;
  Pages pages;
  std::ostringstream log_text;

 private:
  SystemClock clock_;
  SystemRandomness randomness_;
  spdlog::logger log_;

 public:
  std::optional<Server> server;  // last: it stops before what it uses goes
};

class ServerTest : public testing::Test, protected OwnServer {};

}  // namespace wujin::http
