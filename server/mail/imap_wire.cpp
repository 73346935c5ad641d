#include "mail/imap_wire.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <openssl/x509v3.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace wujin::mail {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;
using Moment = std::chrono::steady_clock::time_point;
using asio::ip::tcp;

constexpr std::size_t piece_bytes = 32 * 1024;
// Of a host's addresses, so that one that leads nowhere does not hide the next, and many do not add up.
constexpr std::size_t most_addresses = 4;

Moment now() { return std::chrono::steady_clock::now(); }

asio::ssl::context verifying_context(const ImapLimits& limits) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  if (SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION) != 1) {
    throw std::runtime_error("OpenSSL knows no TLS 1.2");
  }
  context.set_default_verify_paths();
  if (!limits.trusted_certificates.empty()) context.load_verify_file(limits.trusted_certificates);
  context.set_verify_mode(asio::ssl::verify_peer);
  return context;
}

// The name the certificate must bear, and which of its names the server is asked for.
void expect_host(SSL* tls, const std::string& host) {
  Error not_an_address;
  asio::ip::make_address(host, not_an_address);
  bool is_set = false;
  if (not_an_address) {
    SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    is_set = SSL_set1_host(tls, host.c_str()) == 1 && SSL_set_tlsext_host_name(tls, host.c_str()) == 1;
  } else {
    is_set = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host.c_str()) == 1;
  }
  if (!is_set) throw std::runtime_error("OpenSSL cannot be told which host to expect");
}

class TlsWire final : public Wire, public std::enable_shared_from_this<TlsWire> {
 public:
  TlsWire(const asio::any_io_executor& executor, std::string host, const ImapLimits& limits)
      : host_(std::move(host)),
        limits_(limits),
        context_(verifying_context(limits)),
        stream_(executor, context_),
        deadline_(executor),
        later_(executor) {}

  Task<Result<>> open(int port) {
    allow(limits_.connect, limits_.connect);
    tcp::resolver resolver(stream_.get_executor());
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::string service = std::to_string(port);
    // The one wait that is not ours to end: the system's resolver gives up by its own configuration.
    const auto found = co_await resolver.async_resolve(host_, service, tcp::resolver::numeric_service, token);
    if (error) co_return Problem(ProblemCode::mailbox_unreachable).because("resolving: " + error.message());
    std::size_t tried = 0;
    for (const auto& entry : found) {
      if (tried++ == most_addresses) break;
      const tcp::endpoint endpoint = entry.endpoint();
      error = co_await try_address(endpoint);
      if (!error) co_return Result<>();
    }
    co_return Problem(ProblemCode::mailbox_unreachable).because("connecting: " + error.message());
  }

  Task<Result<>> seal() override {
    buffer_.clear();
    expect_host(stream_.native_handle(), host_);
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const Wait wait(*this);
    co_await stream_.async_handshake(asio::ssl::stream_base::client, token);
    if (is_cut_) co_return Problem(ProblemCode::mailbox_too_slow).because("TLS handshake");
    if (error) co_return Problem(ProblemCode::mailbox_not_secure).because(handshake_cause(error));
    is_sealed_ = true;
    co_return Result<>();
  }

  bool is_sealed() const override { return is_sealed_; }

  void allow(Milliseconds silence, Milliseconds whole) override {
    silence_ = silence;
    end_ = now() + whole;
  }

  Task<Result<>> write(std::string bytes) override {
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const Wait wait(*this);
    if (is_sealed_) {
      co_await asio::async_write(stream_, asio::buffer(bytes), token);
    } else {
      co_await asio::async_write(stream_.next_layer(), asio::buffer(bytes), token);
    }
    if (error) co_return broken(error);
    co_return Result<>();
  }

  Task<Result<std::string>> read_line(const Shorten* shorten) override {
    std::size_t searched = 0;
    while (true) {
      const auto end = buffer_.find('\n', searched);
      if (end != std::string::npos) co_return take_line(end);
      if (buffer_.size() > longest_line && !(shorten && (*shorten)(buffer_))) {
        close();
        co_return Problem(ProblemCode::mailbox_not_understood).because("a line without end");
      }
      searched = shorten ? 0 : buffer_.size();
      const auto got = co_await read_more();
      if (!got) co_return got.error();
    }
  }

  Task<Result<>> read_bytes(std::uint64_t count, const Take& take) override {
    while (count > 0) {
      if (buffer_.empty()) {
        const auto got = co_await read_more();
        if (!got) co_return got.error();
      }
      const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(count, buffer_.size()));
      take(std::string_view(buffer_).substr(0, taken));
      buffer_.erase(0, taken);
      count -= taken;
    }
    co_return Result<>();
  }

  void write_after(Milliseconds wait, std::string_view line) override {
    pending_line_ = line;
    later_.expires_after(wait);
    later_.async_wait([weak = weak_from_this()](const Error& error) {
      const auto wire = weak.lock();
      if (wire && !error) wire->hurry();
    });
  }

  // The write runs beside the read that waits; a failure is met by that read.
  void hurry() override {
    if (pending_line_.empty()) return;
    const auto line = std::exchange(pending_line_, {});
    later_.cancel();
    asio::async_write(stream_, asio::buffer(line), [self = shared_from_this()](const Error&, std::size_t) {});
  }

  void call_off() override {
    pending_line_ = {};
    later_.cancel();
  }

  Task<> sleep(Milliseconds wait) override {
    Error ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    later_.expires_after(wait);
    co_await later_.async_wait(token);
  }

  void close() override {
    Error ignored;
    stream_.next_layer().close(ignored);
    deadline_.cancel();
    later_.cancel();
  }

 private:
  // While it stands, the connection is cut when the deadline passes.
  class Wait {
   public:
    explicit Wait(TlsWire& wire) : wire_(wire) {
      const std::uint64_t waiting = ++wire.waits_;
      wire.deadline_.expires_at(std::min(now() + wire.silence_, wire.end_));
      wire.deadline_.async_wait([weak = wire.weak_from_this(), waiting](const Error& error) {
        const auto late = weak.lock();
        if (late && !error && late->waits_ == waiting) late->cut();
      });
    }
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;
    ~Wait() {
      ++wire_.waits_;  // a timer that rang already finds that its wait is over
      wire_.deadline_.cancel();
    }

   private:
    TlsWire& wire_;
  };

  void cut() {
    is_cut_ = true;
    close();
  }

  Task<Error> try_address(tcp::endpoint endpoint) {
    auto& socket = stream_.next_layer();
    Error error;
    socket.close(error);
    is_cut_ = false;
    allow(limits_.connect, limits_.connect);
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const Wait wait(*this);
    co_await socket.async_connect(endpoint, token);
    if (is_cut_) co_return asio::error::timed_out;
    if (!error) socket.set_option(tcp::no_delay(true), error);
    co_return error;
  }

  std::string handshake_cause(const Error& error) {
    const long verdict = SSL_get_verify_result(stream_.native_handle());
    if (verdict != X509_V_OK) return fmt::format("certificate: {}", X509_verify_cert_error_string(verdict));
    return "TLS handshake: " + error.message();
  }

  Problem broken(const Error& error) {
    close();
    if (is_cut_) return Problem(ProblemCode::mailbox_too_slow).because("no answer in time");
    return Problem(ProblemCode::mailbox_dropped).because(error.message());
  }

  std::string take_line(std::size_t end) {
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
  }

  Task<Result<>> read_more() {
    // A server that never pauses rings no timer.
    if (now() >= end_) {
      cut();
      co_return broken(asio::error::timed_out);
    }
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    std::size_t got = 0;
    const Wait wait(*this);
    if (is_sealed_) {
      got = co_await stream_.async_read_some(asio::buffer(piece_), token);
    } else {
      got = co_await stream_.next_layer().async_read_some(asio::buffer(piece_), token);
    }
    if (error) co_return broken(error);
    buffer_.append(piece_.data(), got);
    co_return Result<>();
  }

  const std::string host_;
  const ImapLimits limits_;
  asio::ssl::context context_;
  asio::ssl::stream<tcp::socket> stream_;
  asio::steady_timer deadline_;
  asio::steady_timer later_;
  Milliseconds silence_{0};
  Moment end_{};
  std::uint64_t waits_ = 0;
  bool is_sealed_ = false;
  bool is_cut_ = false;
  std::string_view pending_line_;
  std::string buffer_;  // received, not read yet
  std::array<char, piece_bytes> piece_;
};

}  // namespace

Task<Result<std::shared_ptr<Wire>>> Wire::connect(std::string host, int port, ImapLimits limits) {
  const auto executor = co_await asio::this_coro::executor;
  const auto wire = std::make_shared<TlsWire>(executor, std::move(host), limits);
  const auto opened = co_await wire->open(port);
  if (!opened) co_return opened.error();
  co_return std::static_pointer_cast<Wire>(wire);
}

}  // namespace wujin::mail
