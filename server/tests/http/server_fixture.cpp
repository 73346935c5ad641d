#include "http/server_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include <boost/beast/core/string.hpp>

#include "base/text.h"

namespace wujin::http {

Client::Client(std::uint16_t port, int buffer) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int one = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("connect");
}

Client::~Client() { ::close(socket_); }

void Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server closed: what it answered is still to be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Client::end() { ::shutdown(socket_, SHUT_WR); }

bool Client::receive() {
  char piece[65536];
  const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
  if (got <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(got));
  return true;
}

std::string Client::read_all() {
  while (receive()) {
  }
  return std::exchange(buffer_, {});
}

std::string Client::read_within(std::chrono::milliseconds patience) {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return "";
  return read_all();
}

std::string Client::read_answer(bool with_body) {
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return std::exchange(buffer_, {});
  }
  std::size_t size = end + 4;
  const std::string length = header_of(buffer_.substr(0, size), "Content-Length");
  if (with_body && !length.empty()) size += std::stoul(length);
  while (buffer_.size() < size) {
    if (!receive()) break;
  }
  std::string answer = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

unsigned status_of(std::string_view answer) {
  return answer.size() < 12 ? 0 : static_cast<unsigned>(std::stoul(std::string(answer.substr(9, 3))));
}

std::string header_of(std::string_view answer, std::string_view name) {
  std::string_view head = answer.substr(0, answer.find("\r\n\r\n"));
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && boost::beast::iequals(line.substr(0, colon), name)) {
      return std::string(trimmed(line.substr(colon + 1)));
    }
    if (end == std::string_view::npos) break;
    head.remove_prefix(end + 2);
  }
  return "";
}

std::string body_of(std::string_view answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string_view::npos ? "" : std::string(answer.substr(end + 4));
}

OwnServer::OwnServer() : log_("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_text)) {
  config.threads = 2;
  log_.set_pattern("%v");
}

void OwnServer::start() {
  server.emplace(config, router, metrics, log_, clock_, randomness_, pages);
  server->start();
}

}  // namespace wujin::http
