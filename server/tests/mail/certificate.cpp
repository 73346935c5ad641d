#include "mail/certificate.h"

#include <stdlib.h>

#include <stdexcept>
#include <string>

namespace wujin::mail {

TemporaryFolder::TemporaryFolder() {
  char name[] = "/tmp/wujin-mail-XXXXXX";  // short, as a socket's path must be
  if (!mkdtemp(name)) throw std::runtime_error("cannot make a directory under /tmp");
  path_ = name;
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

namespace {

Certificate make(const std::string& name, const std::string& subject) {
  static const TemporaryFolder folder;
  Certificate files{folder.path() / (name + ".pem"), folder.path() / (name + "_key.pem")};
  const std::string command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 " + subject +
                              " -keyout " + files.key.string() + " -out " + files.certificate.string() + " 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
  return files;
}

}  // namespace

const Certificate& local_certificate() {
  static const Certificate made = make("local", "-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1");
  return made;
}

const Certificate& foreign_certificate() {
  static const Certificate made = make("foreign", "-subj /CN=localhost -addext subjectAltName=DNS:other.example,IP:192.0.2.1");
  return made;
}

}  // namespace wujin::mail
