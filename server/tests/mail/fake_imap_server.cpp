#include "mail/fake_imap_server.h"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include "base/text.h"
#include "mail/imap_response.h"

namespace wujin::mail {

// A connection, in the clear until it is sealed.
class FakeImapServer::Line {
 public:
  explicit Line(int socket) : socket_(socket) {}
  ~Line() {
    SSL_free(tls_);
    close(socket_);
  }
  Line(const Line&) = delete;

  bool seal(SSL_CTX* context) {
    tls_ = SSL_new(context);
    SSL_set_fd(tls_, socket_);
    return SSL_accept(tls_) == 1;
  }

  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const int length = static_cast<int>(bytes.size());
      const ssize_t sent =
          tls_ ? SSL_write(tls_, bytes.data(), length) : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  std::optional<std::string> read_line() {
    while (true) {
      if (const auto end = buffer_.find("\r\n"); end != std::string::npos) return take(end, 2);
      if (!read_more()) return std::nullopt;
    }
  }

  std::optional<std::string> read_bytes(std::size_t count) {
    while (buffer_.size() < count) {
      if (!read_more()) return std::nullopt;
    }
    return take(count, 0);
  }

 private:
  std::string take(std::size_t count, std::size_t dropped) {
    std::string taken = buffer_.substr(0, count);
    buffer_.erase(0, count + dropped);
    return taken;
  }

  bool read_more() {
    std::array<char, 4096> piece;
    const ssize_t got = tls_ ? SSL_read(tls_, piece.data(), piece.size()) : ::read(socket_, piece.data(), piece.size());
    if (got > 0) buffer_.append(piece.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  SSL* tls_ = nullptr;
  std::string buffer_;
};

FakeImapServer::FakeImapServer(Security security, const Certificate& certificate)
    : security_(security), context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
  signal(SIGPIPE, SIG_IGN);  // a client that hangs up is what is tested
  if (SSL_CTX_use_certificate_chain_file(context_.get(), certificate.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context_.get(), certificate.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw std::runtime_error("the certificate cannot be used");
  }
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const at = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, at, length) != 0 || ::listen(listener_, 5) != 0 || getsockname(listener_, at, &length) != 0) {
    throw std::runtime_error("cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { listen(); });
}

FakeImapServer::~FakeImapServer() {
  is_stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  if (const int connection = connection_; connection >= 0) shutdown(connection, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

void FakeImapServer::listen() {
  while (!is_stopping_) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    connection_ = socket;
    Line line(socket);
    if (!is_stopping_) serve(line);
    connection_ = -1;
  }
}

void FakeImapServer::serve(Line& line) {
  if (security_ == Security::tls && !line.seal(context_.get())) return;
  if (!say(line, greeting)) return;
  while (auto command = line.read_line()) {
    while (const auto size = take_announced_literal(*command)) {
      const auto bytes = line.write("+ go on\r\n") ? line.read_bytes(*size) : std::nullopt;
      const auto rest = bytes ? line.read_line() : std::nullopt;
      if (!rest) return;
      *command += *bytes + *rest;
    }
    const auto space = command->find(' ');
    tag_ = command->substr(0, space);
    command->erase(0, space == std::string::npos ? space : space + 1);
    if (!answer(line, *command)) return;
    if (command->rfind("STARTTLS", 0) == 0 && !line.seal(context_.get())) return;
  }
}

bool FakeImapServer::answer(Line& line, const std::string& command) {
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back(command);
  }
  const std::string said = answer_to(command);
  if (!say(line, said)) return false;
  if (!endless_command.empty() && command.rfind(endless_command, 0) == 0) {
    while (line.write(endless)) continue;
    return false;
  }
  const bool goes_on = said.rfind("+", 0) == 0;
  return !goes_on || (line.read_line() && say(line, last_answer));
}

std::string FakeImapServer::answer_to(std::string_view command) const {
  const std::pair<const std::string, std::string>* best = nullptr;
  for (const auto& known : answers) {
    const bool fits = command.substr(0, known.first.size()) == known.first;
    if (fits && (!best || known.first.size() > best->first.size())) best = &known;
  }
  return best ? best->second : "TAG BAD unknown\r\n";
}

// False when the line was dropped.
bool FakeImapServer::say(Line& line, std::string bytes) {
  bytes = replaced(bytes, "TAG", tag_);
  const std::lock_guard lock(mutex_);
  const bool is_cut = answered_++ == cut_;
  if (!is_cut) return line.write(bytes);
  if (how_ == Cut::within) line.write(std::string_view(bytes).substr(0, bytes.size() / 2));
  return false;
}

void FakeImapServer::cut_at(std::size_t answer, Cut how) {
  const std::lock_guard lock(mutex_);
  cut_ = answer;
  how_ = how;
}

Server FakeImapServer::server() const {
  Server server;
  server.host = "localhost";
  server.port = port_;
  server.security = security_;
  server.login = "station@example.org";
  server.password = "geheim";
  return server;
}

ImapLimits FakeImapServer::limits() {
  ImapLimits limits;
  limits.connect = std::chrono::seconds(10);
  limits.answer = std::chrono::seconds(10);
  limits.command = std::chrono::seconds(20);
  limits.trusted_certificates = local_certificate().certificate;
  return limits;
}

std::vector<std::string> FakeImapServer::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

bool FakeImapServer::has_heard(std::string_view start) const {
  const auto heard = commands();
  return std::any_of(heard.begin(), heard.end(), [&](const std::string& command) { return command.rfind(start, 0) == 0; });
}

std::size_t FakeImapServer::answered() const {
  const std::lock_guard lock(mutex_);
  return answered_;
}

std::map<std::string, std::string, std::less<>> FakeImapServer::sound_answers() {
  const std::string opened = "* 1 EXISTS\r\n* OK [UIDVALIDITY 42] valid\r\n* OK [UIDNEXT 8] next\r\nTAG OK open\r\n";
  return {
      {"CAPABILITY", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN ID IDLE MOVE\r\nTAG OK\r\n"},
      {"AUTHENTICATE PLAIN", "TAG OK signed in\r\n"},
      {"LOGIN", "TAG OK signed in\r\n"},
      {"STARTTLS", "TAG OK go ahead\r\n"},
      {"ID", "* ID NIL\r\nTAG OK\r\n"},
      {"LIST", "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST () \"/\" \"&g0l6P3ux-\"\r\nTAG OK\r\n"},
      {"EXAMINE", opened},
      {"SELECT", opened},
      {"UID SEARCH", "* SEARCH 7\r\nTAG OK\r\n"},
      {"UID FETCH 7 (UID INTERNALDATE",
       "* 1 FETCH (UID 7 INTERNALDATE \"26-Oct-2023 09:05:00 +0800\" RFC822.SIZE 5 BODY[HEADER.FIELDS (MESSAGE-ID)] {21}\r\n"
       "Message-ID: <1@v>\r\n\r\n)\r\nTAG OK\r\n"},
      {"UID FETCH 7 (UID RFC822.SIZE)", "* 1 FETCH (UID 7 RFC822.SIZE 5)\r\nTAG OK\r\n"},
      {"UID FETCH 7 (UID BODY.PEEK[])", "* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\nTAG OK\r\n"},
      {"UID STORE", "TAG OK\r\n"},
      {"UID MOVE", "* OK [COPYUID 42 7 1] moved\r\n* 1 EXPUNGE\r\nTAG OK\r\n"},
      {"IDLE", "+ idling\r\n* 2 EXISTS\r\n"},
      {"NOOP", "TAG OK\r\n"},
      {"LOGOUT", "* BYE\r\nTAG OK\r\n"},
  };
}

}  // namespace wujin::mail
