#include "mail/dovecot_server.h"

#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "base/text.h"

namespace wujin::mail {
namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/usr/sbin/dovecot";

struct Account {
  uid_t user;
  gid_t group;
};

// Dovecot gives no mail to root.
Account account() {
  if (geteuid() != 0) return {geteuid(), getegid()};
  const passwd* nobody = getpwnam("nobody");
  if (!nobody) throw std::runtime_error("the tests run as root need the user nobody for Dovecot");
  return {nobody->pw_uid, nobody->pw_gid};
}

// An address of this machine and a socket to use it with.
struct Local {
  Local() : socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  }
  ~Local() { close(socket); }
  Local(const Local&) = delete;

  sockaddr* at() { return reinterpret_cast<sockaddr*>(&address); }

  int socket;
  sockaddr_in address{};
  socklen_t length = sizeof address;
};

int free_port() {
  Local local;
  if (bind(local.socket, local.at(), local.length) != 0 || getsockname(local.socket, local.at(), &local.length) != 0) {
    throw std::runtime_error("no free port");
  }
  return ntohs(local.address.sin_port);
}

bool is_listened_to(int port) {
  Local local;
  local.address.sin_port = htons(static_cast<std::uint16_t>(port));
  return connect(local.socket, local.at(), local.length) == 0;
}

std::string configuration(const fs::path& folder, int plain_port, int tls_port) {
  const Account runs_as = account();
  const passwd* user = getpwuid(runs_as.user);
  const group* group_of_user = getgrgid(runs_as.group);
  if (!user || !group_of_user) throw std::runtime_error("the tests need a user and a group with names for Dovecot");
  return fmt::format(
      R"(protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
auth_failure_delay = 0
mail_max_userip_connections = 100
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = static
  args = password={{PLAIN.b64}}{password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # Else each wrong password makes all of this machine wait the longer.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
)",
      fmt::arg("folder", folder.string()), fmt::arg("user", user->pw_name), fmt::arg("group", group_of_user->gr_name),
      fmt::arg("password", to_base64(DovecotServer::password)), fmt::arg("uid", runs_as.user), fmt::arg("gid", runs_as.group),
      fmt::arg("plain_port", plain_port), fmt::arg("tls_port", tls_port));
}

void give_to(const fs::path& path, const Account& owner) {
  if (geteuid() == 0 && chown(path.c_str(), owner.user, owner.group) != 0) throw std::runtime_error("chown failed");
}

void make_maildir(const fs::path& maildir) {
  fs::create_directories(maildir);
  for (fs::path made = maildir; made.filename() != "mail"; made = made.parent_path()) give_to(made, account());
  for (const auto* part : {"cur", "new", "tmp"}) {
    fs::create_directories(maildir / part);
    give_to(maildir / part, account());
  }
}

pid_t spawn(const std::string& configuration_file) {
  const Account runs_as = account();
  const pid_t process = fork();
  if (process < 0) throw std::runtime_error("fork failed");
  if (process > 0) return process;
  // The child: only calls that are safe after fork.
  if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(runs_as.group) != 0 || setuid(runs_as.user) != 0)) _exit(126);
  // Ends when the test program is gone, however it went; a change of user would have cleared it.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  execl(program, program, "-F", "-c", configuration_file.c_str(), nullptr);
  _exit(127);
}

}  // namespace

DovecotServer::DovecotServer() {
  if (!fs::exists(program)) throw std::runtime_error("the tests need Dovecot: apt install dovecot-imapd");
  // A port that was free may be taken a moment later.
  for (int attempt = 0; attempt < 3; ++attempt) {
    start();
    if (is_ready()) return;
    stop();
  }
  throw std::runtime_error("Dovecot does not start: " + log());
}

DovecotServer::~DovecotServer() { stop(); }

void DovecotServer::start() {
  plain_port_ = free_port();
  tls_port_ = free_port();
  const fs::path& folder = folder_.path();
  constexpr auto overwrite = fs::copy_options::overwrite_existing;
  fs::copy_file(local_certificate().certificate, folder / "certificate.pem", overwrite);
  fs::copy_file(local_certificate().key, folder / "key.pem", overwrite);
  fs::create_directories(folder / "mail");
  std::ofstream(folder / "dovecot.conf") << configuration(folder, plain_port_, tls_port_);
  for (const auto* name : {"", "certificate.pem", "key.pem", "mail", "dovecot.conf"}) give_to(folder / name, account());
  process_ = spawn(folder / "dovecot.conf");
}

bool DovecotServer::is_ready() {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_listened_to(tls_port_) || !is_listened_to(plain_port_)) {
    if (waitpid(process_, nullptr, WNOHANG) != 0) {
      process_ = 0;
      return false;
    }
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

void DovecotServer::stop() {
  if (process_ <= 0) return;
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

Server DovecotServer::server(Security security, const std::string& login) const {
  Server server;
  server.host = "localhost";
  server.port = security == Security::tls ? tls_port_ : plain_port_;
  server.security = security;
  server.login = login;
  server.password = password;
  return server;
}

ImapLimits DovecotServer::limits() {
  ImapLimits limits;
  limits.trusted_certificates = local_certificate().certificate;
  return limits;
}

void DovecotServer::deliver(const std::string& login, const std::string& folder, std::string_view message, Instant arrived_at) {
  deliver(login, folder, arrived_at, [&](std::ostream& out) { out << message; });
}

void DovecotServer::deliver(const std::string& login, const std::string& folder, Instant arrived_at,
                            const std::function<void(std::ostream&)>& write) {
  const fs::path maildir = maildir_of(login, folder);
  make_maildir(maildir);
  const std::string name = fmt::format("{}.{}.test", to_milliseconds(arrived_at) / 1000, ++delivered_);
  const fs::path file = maildir / "tmp" / name;
  {
    std::ofstream out(file, std::ios::binary);
    write(out);
  }
  give_to(file, account());
  // Dovecot takes the time of a message's file for the moment of its arrival.
  const timespec moment{to_milliseconds(arrived_at) / 1000, 0};
  const timespec both[] = {moment, moment};
  if (utimensat(AT_FDCWD, file.c_str(), both, 0) != 0) throw std::runtime_error("utimensat failed");
  fs::rename(file, maildir / "new" / name);
}

void DovecotServer::make_folder(const std::string& login, const std::string& folder) { make_maildir(maildir_of(login, folder)); }

std::vector<std::string> DovecotServer::files(const std::string& login, const std::string& folder) const {
  std::vector<std::string> names;
  for (const auto* part : {"new", "cur"}) {
    for (const auto& entry : fs::directory_iterator(maildir_of(login, folder) / part)) {
      names.push_back(entry.path().filename());
    }
  }
  return names;
}

std::string DovecotServer::log() const {
  std::ifstream file(folder_.path() / "log");
  return {std::istreambuf_iterator<char>(file), {}};
}

fs::path DovecotServer::maildir_of(const std::string& login, const std::string& folder) const {
  const fs::path inbox = folder_.path() / "mail" / login;
  return folder.empty() ? inbox : inbox / ("." + folder);
}

DovecotServer& dovecot() {
  static DovecotServer server;
  return server;
}

}  // namespace wujin::mail
