#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include <spdlog/logger.h>

#include "base/clock.h"
#include "base/randomness.h"
#include "http/config.h"
#include "http/metrics.h"
#include "http/router.h"

namespace wujin::http {

// What answers a GET that no route matches: the web faces.
using Pages = std::function<std::optional<Response>(const Request&)>;

// Listens and answers. Each loop thread has a loop of its own and a connection stays on one; what is passed in outlives it.
class Server {
 public:
  // `clock` is the true time, even where the rooms live by a shifted one: caches reckon by the Date header.
  Server(ServerConfig config, const Router& router, Metrics& metrics, spdlog::logger& log, const Clock& clock,
         Randomness& randomness, Pages pages = {});
  ~Server();  // stops

  void start();  // listens and returns; throws when the address is taken or the certificate does not load
  // Takes no more connections, lets requests under way finish within the grace, and returns when all threads have ended.
  void stop();

  std::uint16_t port() const;

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace wujin::http
