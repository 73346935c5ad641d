#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wujin::bench {

struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
};

// One request and what is wanted of its answer. `body` is borrowed until the answer is there.
struct Exchange {
  std::string head;
  std::string_view body;
  std::string tail;        // sent after the body: what makes an upload unique
  bool keep_body = false;  // else the answer's bytes are dropped in the kernel
};

// One keep-alive connection that does one exchange after the other without ever blocking. As little work a request as can be:
// the program shares its cores with the server it measures.
class Connection {
 public:
  explicit Connection(const Endpoint& endpoint);  // throws when nobody listens
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  enum class State : std::uint8_t { waiting, answered, broken };
  // Starts an exchange and goes on as far as the socket lets.
  State start(Exchange exchange);
  State advance();

  int socket() const { return socket_; }
  int status() const { return status_; }
  const std::string& body() const { return kept_; }
  std::uint64_t bytes() const { return bytes_; }  // of bodies, both ways, since the connection stands

 private:
  State send_on();
  State receive_on();
  bool read_head();
  State take_body();

  int socket_ = -1;
  Exchange exchange_;
  std::size_t sent_ = 0;
  std::array<char, 16384> head_{};
  std::size_t filled_ = 0;
  bool has_head_ = false;
  int status_ = 0;
  std::uint64_t left_ = 0;  // of the answer's body
  std::string kept_;
  std::uint64_t bytes_ = 0;
};

struct Answer {
  int status = 0;
  std::string body;
};
// One exchange on a connection of its own, waiting for it.
Answer fetch(const Endpoint& endpoint, Exchange exchange);

}  // namespace wujin::bench
