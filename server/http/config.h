#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wujin::http {

// How long and how large anything a client does may be. The defaults suit a village's mobile signal.
struct Limits {
  std::size_t header_bytes = 16 * 1024;
  std::chrono::milliseconds header{20'000};  // from the first byte of a request to the end of its header
  std::chrono::milliseconds idle{75'000};    // between two requests; outlives the 60 s of common proxies
  std::chrono::milliseconds pause{30'000};   // the longest wait for a single piece of a body, either way
  std::chrono::milliseconds handshake{15'000};
  std::uint64_t least_rate = 512;                // bytes a second a body must keep up, either way, once `pause` has passed
  std::chrono::milliseconds stop_grace{10'000};  // what requests under way get when the server stops
  std::size_t connections = 4096;                // more are closed at once
};

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, with the chain
  std::filesystem::path key;          // PEM
};

struct ServerConfig {
  std::string address = "127.0.0.1";  // an IP address
  std::uint16_t port = 0;             // 0: the kernel chooses, Server::port() tells
  unsigned threads = 0;               // loop threads; 0: as many as there are cores
  Limits limits;
  std::optional<TlsFiles> tls;
  std::vector<std::string> trusted_proxies;  // IP addresses whose X-Forwarded-For and -Proto are believed
  std::vector<std::string> allowed_hosts;    // names a Host header may carry, without port; empty: any
  std::vector<std::string> allowed_origins;  // "https://example.org": other sites that may write
};

}  // namespace wujin::http
