#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace wujin::app {

// Everything a server is told when it starts. The table in config.cpp names each key with its meaning and what it accepts.
struct Config {
  std::filesystem::path data;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: the kernel chooses
  std::optional<std::string> database;
  std::filesystem::path certificate;
  std::filesystem::path key;
  std::filesystem::path web_dir;
  std::filesystem::path campaigns;
  std::optional<Instant> clock;
  std::string trusted_proxy;
  bool share = false;
  std::filesystem::path trusted_certificates;
  bool loopback_webhooks = false;
  std::filesystem::path libreoffice;  // empty: whichever PATH has
  int threads = 2;
};

// One key as it is written on the command line (`--listen HOST:PORT`) and in an environment variable (`WUJIN_LISTEN`).
struct Setting {
  std::string_view name;
  std::string_view argument;  // what follows it; empty for a switch
  std::string_view meaning;
  Result<> (*set)(Config& config, std::string_view value);
};

std::span<const Setting> settings();

// HOST:PORT or [IPV6]:PORT into host and port.
Result<> set_listen(Config& config, std::string_view value);

// What holds between settings: a certificate needs its key. Errors name the setting.
Result<> check(const Config& config);

}  // namespace wujin::app
