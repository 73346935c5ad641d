#include "app/config.h"

#include "base/number.h"

namespace wujin::app {
namespace {

Problem expected(std::string_view what) { return Problem::at("", ProblemCode::invalid, {{"expected", std::string(what)}}); }

template <std::filesystem::path Config::*member>
Result<> set_path(Config& config, std::string_view value) {
  if (value.empty()) return expected("a path");
  config.*member = std::filesystem::path(value);
  return {};
}

Result<> set_database(Config& config, std::string_view value) {
  if (!value.starts_with("postgresql://") && !value.starts_with("postgres://")) return expected("postgresql://…");
  config.database = std::string(value);
  return {};
}

Result<> set_clock(Config& config, std::string_view value) {
  const auto instant = parse_instant(value);
  if (!instant) return expected("2023-10-26T09:00:00+08:00");
  config.clock = *instant;
  return {};
}

Result<> set_trusted_proxy(Config& config, std::string_view value) {
  config.trusted_proxy = std::string(value);
  return {};
}

Result<> set_share(Config& config, std::string_view) {
  config.share = true;
  return {};
}

Result<> set_loopback_webhooks(Config& config, std::string_view) {
  config.loopback_webhooks = true;
  return {};
}

Result<> set_threads(Config& config, std::string_view value) {
  const auto threads = parse_number<int>(value);
  if (!threads || *threads < 1 || *threads > 64) return expected("1 to 64");
  config.threads = *threads;
  return {};
}

constexpr Setting table[] = {
    {"data", "DIR", "the data folder: database, pictures, documents", &set_path<&Config::data>},
    {"listen", "HOST:PORT", "where to answer; port 0 lets the system choose (127.0.0.1:8080)", &set_listen},
    {"database", "URL", "postgresql://… instead of SQLite in the data folder", &set_database},
    {"certificate", "FILE", "TLS certificate chain, PEM", &set_path<&Config::certificate>},
    {"key", "FILE", "TLS private key, PEM", &set_path<&Config::key>},
    {"web-dir", "DIR", "read the web apps from DIR/phone and DIR/office instead of the program", &set_path<&Config::web_dir>},
    {"campaigns", "DIR", "where the sample's campaign folders stand", &set_path<&Config::campaigns>},
    {"clock", "TIME", "start the clock at this moment instead of now, and let it run", &set_clock},
    {"trusted-proxy", "ADDRESS", "believe X-Forwarded-* from this address", &set_trusted_proxy},
    {"libreoffice", "FILE", "the soffice that makes PDFs of Word files (found on PATH)", &set_path<&Config::libreoffice>},
    {"threads", "N", "loop threads (2)", &set_threads},
    {"trusted-certificates", "FILE", "PEM: whom to trust beside the system when mail and webhooks go out",
     &set_path<&Config::trusted_certificates>},
    {"loopback-webhooks", "", "let chat robots stand on this machine, over plain HTTP too: for trying things out",
     set_loopback_webhooks},
    {"share", "", "let demo links sign in from other machines too", &set_share},
};

}  // namespace

std::span<const Setting> settings() { return table; }

Result<> set_listen(Config& config, std::string_view value) {
  const auto colon = value.rfind(':');
  std::string_view host = value.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (colon == std::string_view::npos || host.empty()) return expected("HOST:PORT");
  const auto port = parse_number<std::uint16_t>(value.substr(colon + 1));
  if (!port) return expected("HOST:PORT");
  config.host = std::string(host);
  config.port = *port;
  return {};
}

Result<> check(const Config& config) {
  if (config.data.empty()) return Problem::at("data", ProblemCode::required);
  if (config.certificate.empty() != config.key.empty()) {
    return Problem::at(config.key.empty() ? "key" : "certificate", ProblemCode::required);
  }
  return {};
}

}  // namespace wujin::app
