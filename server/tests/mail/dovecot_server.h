#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mail/certificate.h"
#include "mail/imap.h"

namespace wujin::mail {

// A real Dovecot for one test program: every login is known by one password, mail lies in Maildirs under a folder of its own,
// only this machine reaches it. Root runs it as nobody. It ends with the program, also when the program crashes.
class DovecotServer {
 public:
  static constexpr const char* password = "geheim \"1\" \\ ü";

  DovecotServer();  // throws, saying what is missing, when it cannot be started
  ~DovecotServer();
  DovecotServer(const DovecotServer&) = delete;
  DovecotServer& operator=(const DovecotServer&) = delete;

  // Where it listens. Each login is an account of its own.
  Server server(Security security, const std::string& login = "station") const;
  // The limits of a client that trusts it.
  static ImapLimits limits();

  // Puts a message into a folder ("" is the inbox, else as the server writes names) as if it had arrived then, to the second.
  void deliver(const std::string& login, const std::string& folder, std::string_view message, Instant arrived_at);
  void deliver(const std::string& login, const std::string& folder, Instant arrived_at,
               const std::function<void(std::ostream&)>& write);
  void make_folder(const std::string& login, const std::string& folder);
  // The names of a folder's files; a message that was seen has an S behind its comma.
  std::vector<std::string> files(const std::string& login, const std::string& folder) const;
  std::string log() const;

 private:
  void start();
  bool is_ready();
  void stop();
  std::filesystem::path maildir_of(const std::string& login, const std::string& folder) const;

  TemporaryFolder folder_;
  int plain_port_ = 0;
  int tls_port_ = 0;
  int delivered_ = 0;
  pid_t process_ = 0;
};

// The one of this program.
DovecotServer& dovecot();

}  // namespace wujin::mail
