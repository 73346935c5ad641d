#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include <boost/describe.hpp>

#include "mail/message.h"

// Handing a message to a mail server (RFC 5321), by libcurl.
namespace wujin::mail {

// How the connection is encrypted; one that is not is never used.
enum class Security : std::uint8_t { starttls, tls };
BOOST_DESCRIBE_ENUM(Security, starttls, tls)

struct Server {
  std::string host;
  int port = 465;
  Security security = Security::tls;
  std::string login;  // empty: none is asked for
  std::string password;
};

enum class Delivery : std::uint8_t {
  sent,      // the server took it over
  later,     // certainly not taken: worth another attempt
  refused,   // certainly not taken, and never will be
  uncertain  // all of it was sent, no answer came: it may have been taken
};
BOOST_DESCRIBE_ENUM(Delivery, sent, later, refused, uncertain)

struct Outcome {
  Delivery delivery = Delivery::sent;
  std::string cause{};  // for the log: a reply code or what failed, never an address or a name
};

struct Limits {
  std::chrono::milliseconds connect{10000};
  std::chrono::milliseconds whole{30000};
  std::filesystem::path trusted_certificates{};  // PEM, beside the system's own
};

// Blocks until it is settled, at most two seconds longer than `limits.whole`: for jobs, never on a loop.
Outcome send(const Server& server, const Message& message, const Limits& limits);

}  // namespace wujin::mail
