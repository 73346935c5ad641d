#pragma once

#include <filesystem>

namespace wujin::mail {

// A folder of its own under /tmp, open to every user, that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A self-signed certificate and its key, PEM.
struct Certificate {
  std::filesystem::path certificate;
  std::filesystem::path key;
};
// Made once a program: for localhost and 127.0.0.1; and for somebody else.
const Certificate& local_certificate();
const Certificate& foreign_certificate();

}  // namespace wujin::mail
