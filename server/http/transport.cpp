#include "http/transport.h"

#include <sys/sendfile.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace wujin::http {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

// One call of sendfile never holds the loop for longer than this takes.
constexpr std::uint64_t sendfile_piece = 512 * 1024;
// What is read of a file at a time to be sealed by TLS.
constexpr std::uint64_t tls_piece = 64 * 1024;

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(Socket socket) : socket_(std::move(socket)) {
    Error ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  }

  Task<bool> open() override { co_return true; }

  Task<std::size_t> read_some(std::span<char> into) override {
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t got = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), token);
    co_return error ? 0 : got;
  }

  Task<std::size_t> write_some(std::span<const char> first, std::span<const char> second) override {
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(first.data(), first.size()),
                                                    asio::buffer(second.data(), second.size())};
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t sent = co_await socket_.async_write_some(buffers, token);
    co_return error ? 0 : sent;
  }

  Task<std::size_t> send_file(int file, std::uint64_t offset, std::uint64_t length) override {
    while (true) {
      auto position = static_cast<off_t>(offset);
      const std::size_t piece = static_cast<std::size_t>(std::min(length, sendfile_piece));
      const ssize_t sent = ::sendfile(socket_.native_handle(), file, &position, piece);
      if (sent > 0) co_return static_cast<std::size_t>(sent);
      if (sent == 0 || (errno != EAGAIN && errno != EINTR)) co_return 0;
      Error error;
      auto token = asio::redirect_error(asio::use_awaitable, error);
      co_await socket_.async_wait(Socket::wait_write, token);
      if (error) co_return 0;
    }
  }

  Task<void> finish() override {
    Error ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    co_return;
  }

  Task<std::size_t> discard_some(std::span<char> into) override { return read_some(into); }

  void close() override {
    Error ignored;
    socket_.close(ignored);
  }

 private:
  void cancel() override {
    Error ignored;
    socket_.cancel(ignored);
  }

  Socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(Socket socket, asio::ssl::context& context) : stream_(std::move(socket), context) {
    Error ignored;
    stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
  }

  Task<bool> open() override {
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    co_await stream_.async_handshake(asio::ssl::stream_base::server, token);
    co_return !error;
  }

  Task<std::size_t> read_some(std::span<char> into) override {
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t got = co_await stream_.async_read_some(asio::buffer(into.data(), into.size()), token);
    co_return error ? 0 : got;
  }

  Task<std::size_t> write_some(std::span<const char> first, std::span<const char> second) override {
    // One buffer at a time: sealing joins nothing, and a small head would cost a record of its own.
    std::span<const char> bytes = first.empty() ? second : first;
    if (!first.empty() && !second.empty()) {
      const std::size_t fits = std::min(second.size(), tls_piece - std::min<std::size_t>(first.size(), tls_piece));
      piece_.assign(first.begin(), first.end());
      piece_.insert(piece_.end(), second.begin(), second.begin() + static_cast<std::ptrdiff_t>(fits));
      bytes = piece_;
    }
    bytes = bytes.first(std::min<std::size_t>(bytes.size(), tls_piece));
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t sent = co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()), token);
    co_return error ? 0 : sent;
  }

  Task<std::size_t> send_file(int file, std::uint64_t offset, std::uint64_t length) override {
    piece_.resize(tls_piece);
    const std::size_t wanted = static_cast<std::size_t>(std::min(length, tls_piece));
    const ssize_t got = ::pread(file, piece_.data(), wanted, static_cast<off_t>(offset));
    if (got <= 0) co_return 0;
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t sent =
        co_await asio::async_write(stream_, asio::buffer(piece_.data(), static_cast<std::size_t>(got)), token);
    co_return error ? 0 : sent;
  }

  // Says goodbye without waiting for the answer: as if the peer had said it already.
  Task<void> finish() override {
    SSL_set_shutdown(stream_.native_handle(), SSL_get_shutdown(stream_.native_handle()) | SSL_RECEIVED_SHUTDOWN);
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    co_await stream_.async_shutdown(token);
    stream_.next_layer().shutdown(Socket::shutdown_send, error);
  }

  Task<std::size_t> discard_some(std::span<char> into) override {
    Error error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t got = co_await stream_.next_layer().async_read_some(asio::buffer(into.data(), into.size()), token);
    co_return error ? 0 : got;
  }

  void close() override {
    Error ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  void cancel() override {
    Error ignored;
    stream_.next_layer().cancel(ignored);
  }

  asio::ssl::stream<Socket> stream_;
  std::vector<char> piece_;
};

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in, unsigned length, void*) {
  static constexpr unsigned char http11[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, http11, sizeof http11 - 1, in, length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

std::unique_ptr<Transport> Transport::plain(Socket socket) { return std::make_unique<PlainTransport>(std::move(socket)); }

std::unique_ptr<Transport> Transport::tls(Socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsTransport>(std::move(socket), context);
}

std::shared_ptr<asio::ssl::context> make_tls_context(const std::string& certificate_file, const std::string& key_file) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 |
                       asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION |
                       SSL_OP_CIPHER_SERVER_PREFERENCE);
  context->use_certificate_chain_file(certificate_file);
  context->use_private_key_file(key_file, asio::ssl::context::pem);
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
    throw std::runtime_error("the key does not belong to the certificate " + certificate_file);
  }
  SSL_CTX_set_alpn_select_cb(context->native_handle(), choose_protocol, nullptr);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  return context;
}

}  // namespace wujin::http
