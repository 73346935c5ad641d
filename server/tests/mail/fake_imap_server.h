#pragma once

#include <openssl/types.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "mail/certificate.h"
#include "mail/imap.h"

namespace wujin::mail {

// A server that says exactly what a test wants said, over real TLS. It understands no IMAP: what it answers to a command is found
// by the longest start of the command that it knows, in which TAG stands for the command's tag; else it answers BAD. One
// connection at a time.
class FakeImapServer {
 public:
  explicit FakeImapServer(Security security = Security::tls, const Certificate& certificate = local_certificate());
  ~FakeImapServer();
  FakeImapServer(const FakeImapServer&) = delete;
  FakeImapServer& operator=(const FakeImapServer&) = delete;

  // To be set before a session is opened. As they are, all calls of a session succeed on a mailbox with one message of uid 7.
  std::string greeting = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n";
  std::map<std::string, std::string, std::less<>> answers = sound_answers();
  // What a command that was told to go on goes on with is answered by this.
  std::string last_answer = "TAG OK\r\n";
  std::string endless;  // said without end behind the answer to the command that starts so
  std::string endless_command;

  // The line is dropped at this answer, counted from the greeting (0) over all connections.
  enum class Cut : std::uint8_t { before, within };
  void cut_at(std::size_t answer, Cut how);

  Server server() const;
  static ImapLimits limits();                 // patient for seconds only
  std::vector<std::string> commands() const;  // heard so far, without their tags
  bool has_heard(std::string_view start) const;
  std::size_t answered() const;

 private:
  class Line;

  static std::map<std::string, std::string, std::less<>> sound_answers();
  void listen();
  void serve(Line& line);
  bool say(Line& line, std::string bytes);
  bool answer(Line& line, const std::string& command);
  std::string answer_to(std::string_view command) const;

  Security security_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connection_{-1};
  std::atomic<bool> is_stopping_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> commands_;
  std::size_t answered_ = 0;
  std::size_t cut_ = ~std::size_t{0};
  Cut how_ = Cut::before;
  std::string tag_;
  std::thread thread_;
};

}  // namespace wujin::mail
