#include "http/server.h"

#include <csignal>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/connection.h"
#include "http/loop.h"
#include "http/transport.h"

namespace wujin::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;
using Steady = std::chrono::steady_clock;

constexpr int backlog = 1024;

std::uint64_t seed_from(Randomness& randomness) {
  std::uint64_t seed = 0;
  randomness.fill(std::as_writable_bytes(std::span(&seed, 1)));
  return seed;
}

// An IPv4 peer of an IPv6 listener as what it is, so that one address has one spelling.
std::string written(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

// How often deadlines are looked at: often enough for the shortest of them.
std::chrono::milliseconds patrol_interval(const Limits& limits) {
  const auto shortest = std::min({limits.header, limits.idle, limits.pause, limits.handshake, limits.stop_grace});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(500));
}

}  // namespace

namespace {

// One loop thread: its connections and the warden that cuts those past their deadline.
class Worker {
 public:
  Worker(const Service& service, const Clock& clock, std::uint64_t seed)
      : service_(service), loop_(clock, seed), context_(1), guard_(asio::make_work_guard(context_)), warden_(context_) {}

  asio::io_context& context() { return context_; }

  void run() {
    asio::co_spawn(context_, patrol(), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
  }

  void adopt(std::unique_ptr<Transport> transport, std::string peer) {
    asio::post(context_, [this, transport = std::move(transport), peer = std::move(peer)]() mutable {
      if (loop_.is_stopping || loop_.connections.size() >= most_connections()) return;
      asio::co_spawn(context_, serve(std::move(transport), std::move(peer)), asio::detached);
    });
  }

  void begin_stop() {
    asio::post(context_, [this] {
      loop_.is_stopping = true;
      stop_deadline_ = Steady::now() + service_.config.limits.stop_grace;
      for (Connection* connection : loop_.connections) {
        if (connection->is_between_requests()) connection->transport().cut();
      }
      guard_.reset();
      warden_.cancel();
    });
  }

  void join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::size_t most_connections() const {
    return std::max<std::size_t>(1, service_.config.limits.connections / service_.config.threads);
  }

  Task<void> serve(std::unique_ptr<Transport> transport, std::string peer) {
    Connection connection(std::move(transport), std::move(peer), service_, loop_);
    try {
      co_await connection.run();
    } catch (const std::exception& broken) {
      service_.log.error("connection: {}", broken.what());
    }
  }

  Task<void> patrol() {
    const auto interval = patrol_interval(service_.config.limits);
    while (!loop_.is_stopping || !loop_.connections.empty()) {
      warden_.expires_after(loop_.is_stopping ? std::chrono::milliseconds(5) : interval);
      Error ignored;
      auto token = asio::redirect_error(asio::use_awaitable, ignored);
      co_await warden_.async_wait(token);
      const auto now = Steady::now();
      const bool is_over = loop_.is_stopping && now > stop_deadline_;
      for (Connection* connection : loop_.connections) {
        if (is_over || now > connection->transport().deadline()) connection->transport().cut();
      }
    }
  }

  const Service& service_;
  Loop loop_;
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  asio::steady_timer warden_;
  Steady::time_point stop_deadline_;
  std::thread thread_;
};

}  // namespace

class Server::Listener {
 public:
  Listener(ServerConfig config, const Router& router, Metrics& metrics, spdlog::logger& log, const Clock& clock,
           Randomness& randomness, Pages pages)
      : config_(std::move(config)),
        service_{config_, router, metrics, log, std::move(pages)},
        clock_(clock),
        randomness_(randomness),
        context_(1),
        acceptor_(context_) {
    if (config_.threads == 0) config_.threads = std::max(1u, std::thread::hardware_concurrency());
  }

  ~Listener() { stop(); }

  void start() {
    std::signal(SIGPIPE, SIG_IGN);  // a peer that left is an error code, never the end of the program
    if (config_.tls) tls_ = make_tls_context(config_.tls->certificate.string(), config_.tls->key.string());
    service_.metrics.watch(service_.router);
    const tcp::endpoint endpoint(asio::ip::make_address(config_.address), config_.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(backlog);
    port_ = acceptor_.local_endpoint().port();
    for (unsigned i = 0; i < config_.threads; ++i) {
      workers_.push_back(std::make_unique<Worker>(service_, clock_, seed_from(randomness_)));
      workers_.back()->run();
    }
    asio::co_spawn(context_, accept(), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
  }

  void stop() {
    if (!thread_.joinable()) return;
    asio::post(context_, [this] {
      is_stopping_ = true;
      Error ignored;
      acceptor_.close(ignored);
    });
    thread_.join();
    for (auto& worker : workers_) worker->begin_stop();
    for (auto& worker : workers_) worker->join();
    workers_.clear();
  }

  std::uint16_t port() const { return port_; }

 private:
  Task<void> accept() {
    std::size_t next = 0;
    while (!is_stopping_) {
      Worker& worker = *workers_[next++ % workers_.size()];
      tcp::socket socket(worker.context());
      Error error;
      auto token = asio::redirect_error(asio::use_awaitable, error);
      co_await acceptor_.async_accept(socket, token);
      if (is_stopping_) break;
      if (error) {
        co_await breathe();
        continue;
      }
      const auto peer = socket.remote_endpoint(error);
      if (error) continue;
      worker.adopt(tls_ ? Transport::tls(std::move(socket), *tls_) : Transport::plain(std::move(socket)),
                   written(peer.address()));
    }
  }

  // Out of file descriptors, most likely: trying again at once would spin.
  Task<void> breathe() {
    asio::steady_timer timer(context_, std::chrono::milliseconds(20));
    Error ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    co_await timer.async_wait(token);
  }

  ServerConfig config_;
  Service service_;
  const Clock& clock_;
  Randomness& randomness_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::shared_ptr<asio::ssl::context> tls_;
  std::uint16_t port_ = 0;
  bool is_stopping_ = false;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::thread thread_;
};

Server::Server(ServerConfig config, const Router& router, Metrics& metrics, spdlog::logger& log, const Clock& clock,
               Randomness& randomness, Pages pages)
    : listener_(std::make_unique<Listener>(std::move(config), router, metrics, log, clock, randomness, std::move(pages))) {}

Server::~Server() = default;

void Server::start() { listener_->start(); }

void Server::stop() { listener_->stop(); }

std::uint16_t Server::port() const { return listener_->port(); }

}  // namespace wujin::http
