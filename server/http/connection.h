#pragma once

#include <functional>
#include <memory>
#include <string>

#include <spdlog/logger.h>

#include "http/config.h"
#include "http/delivery.h"
#include "http/intake.h"
#include "http/loop.h"
#include "http/metrics.h"
#include "http/router.h"
#include "http/transport.h"

namespace wujin::http {

// What every connection answers from. Outlives them all.
struct Service {
  const ServerConfig& config;
  const Router& router;
  Metrics& metrics;
  spdlog::logger& log;
  std::function<std::optional<Response>(const Request&)> pages;  // for GET and HEAD where no route matches; may be empty
};

// One accepted connection, from its first byte to its last, request after request.
class Connection {
 public:
  Connection(std::unique_ptr<Transport> transport, std::string peer_address, const Service& service, Loop& loop);
  ~Connection();
  Connection(const Connection&) = delete;

  Task<void> run();

  Transport& transport() { return *transport_; }
  bool is_between_requests() const { return is_between_requests_; }

 private:
  struct Exchange;  // one request and what came of it

  Task<bool> serve_next();  // false when the connection is over
  Task<void> prepare(Exchange& exchange);
  Task<void> answer(Exchange& exchange);
  Result<> decode(Exchange& exchange);
  Result<> judge(Exchange& exchange);
  void answer_unrouted(Exchange& exchange);
  void refuse(Exchange& exchange, const Problem& problem);
  Task<bool> send(Exchange& exchange);
  struct Pace;  // how an answer gets on: a client that takes it too slowly is cut

  Task<bool> send_bytes(std::string_view head, std::string_view body, Pace& pace);
  Task<bool> send_file(int file, std::uint64_t offset, std::uint64_t length, Pace& pace);
  Task<bool> send_pieces(const Pieces& pieces, Delivery part, Pace& pace);
  void note(const Exchange& exchange);
  Task<void> say_goodbye();

  std::unique_ptr<Transport> transport_;
  const std::string peer_address_;
  const Service& service_;
  Loop& loop_;
  Intake intake_;
  bool is_between_requests_ = true;
  bool is_peer_sending_ = false;  // something we did not read, and will not
};

}  // namespace wujin::http
