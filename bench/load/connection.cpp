#include "load/connection.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace wujin::bench {
namespace {

int connect_to(const Endpoint& endpoint) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(endpoint.port);
  if (inet_pton(AF_INET, endpoint.host.c_str(), &address.sin_addr) != 1)
    throw std::runtime_error("no IPv4 address: " + endpoint.host);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0 || ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const std::string why = std::strerror(errno);
    if (socket >= 0) ::close(socket);
    throw std::runtime_error("cannot connect to " + endpoint.host + ":" + std::to_string(endpoint.port) + ": " + why);
  }
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
  return socket;
}

// The length an answer names; nothing when it names none.
std::uint64_t length_in(std::string_view head) {
  constexpr std::string_view name = "\r\ncontent-length:";
  const auto lower = [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; };
  const auto found =
      std::search(head.begin(), head.end(), name.begin(), name.end(), [&](char one, char other) { return lower(one) == other; });
  if (found == head.end()) return 0;
  const char* digits = &*found + name.size();
  while (*digits == ' ') ++digits;
  std::uint64_t length = 0;
  std::from_chars(digits, head.data() + head.size(), length);
  return length;
}

}  // namespace

Connection::Connection(const Endpoint& endpoint) : socket_(connect_to(endpoint)) {}

Connection::~Connection() { ::close(socket_); }

Connection::State Connection::start(Exchange exchange) {
  exchange_ = std::move(exchange);
  sent_ = filled_ = 0;
  has_head_ = false;
  status_ = 0;
  kept_.clear();
  return advance();
}

Connection::State Connection::advance() {
  const auto state = send_on();
  return state == State::broken ? state : receive_on();
}

Connection::State Connection::send_on() {
  const std::array<std::string_view, 3> parts = {exchange_.head, exchange_.body, exchange_.tail};
  const std::size_t total = parts[0].size() + parts[1].size() + parts[2].size();
  while (sent_ < total) {
    std::array<iovec, 3> pieces{};
    std::size_t count = 0, skipped = sent_;
    for (const auto part : parts) {
      const auto skip = std::min(skipped, part.size());
      skipped -= skip;
      if (skip < part.size()) pieces[count++] = {const_cast<char*>(part.data() + skip), part.size() - skip};
    }
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    const auto sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN ? State::waiting : State::broken;
    sent_ += static_cast<std::size_t>(sent);
    if (sent_ == total) bytes_ += exchange_.body.size() + exchange_.tail.size();
  }
  return State::waiting;
}

Connection::State Connection::receive_on() {
  while (!has_head_) {
    const auto got = ::recv(socket_, head_.data() + filled_, head_.size() - filled_, 0);
    if (got < 0 && errno == EAGAIN) return State::waiting;
    if (got <= 0) return State::broken;
    filled_ += static_cast<std::size_t>(got);
    if (!read_head() && filled_ == head_.size()) return State::broken;
  }
  return take_body();
}

bool Connection::read_head() {
  const std::string_view text(head_.data(), filled_);
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos || text.size() < 12) return false;
  std::from_chars(text.data() + 9, text.data() + 12, status_);
  const bool has_none = status_ == 204 || status_ == 304;
  left_ = has_none ? 0 : length_in(text.substr(0, end + 2));
  bytes_ += left_;
  const auto early = text.substr(end + 4);
  left_ -= std::min<std::uint64_t>(left_, early.size());
  if (exchange_.keep_body || status_ >= 400) kept_ = early;
  has_head_ = true;
  return true;
}

Connection::State Connection::take_body() {
  const bool keeps = exchange_.keep_body || status_ >= 400;
  while (left_ > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left_, 1U << 20U));
    const auto before = kept_.size();
    if (keeps) kept_.resize(before + wanted);
    const auto got = keeps ? ::recv(socket_, kept_.data() + before, wanted, 0) : ::recv(socket_, nullptr, wanted, MSG_TRUNC);
    if (keeps) kept_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EAGAIN) return State::waiting;
    if (got <= 0) return State::broken;
    left_ -= static_cast<std::uint64_t>(got);
  }
  return State::answered;
}

Answer fetch(const Endpoint& endpoint, Exchange exchange) {
  Connection connection(endpoint);
  exchange.keep_body = true;
  auto state = connection.start(std::move(exchange));
  while (state == Connection::State::waiting) {
    pollfd wait{connection.socket(), POLLIN, 0};
    ::poll(&wait, 1, 100);
    state = connection.advance();
  }
  if (state == Connection::State::broken) throw std::runtime_error("the server closed the connection");
  return {connection.status(), connection.body()};
}

}  // namespace wujin::bench
