#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wujin::files {

class PassingFile;

// What is known of the bytes of a file. `sha256` is the 32 bytes; `crc32` is the one ZIP files carry.
struct FileFacts {
  std::string sha256;
  std::uint32_t crc32 = 0;
  std::uint64_t size = 0;
};

// Keeps files by what they contain: each once, never changed. Nobody outside asks it by hash; rooms know which record owns which
// file and judge who may read it. A full disk throws StorageFull, any other failure of the disk an exception. Safe to share
// between threads; every call may block on the disk.
class Vault {
 public:
  virtual ~Vault() = default;

  // Writes bytes as they come; without finish() nothing of it stays.
  class Writer {
   public:
    virtual ~Writer() = default;
    virtual void append(std::span<const char> bytes) = 0;
    // Durable when it returns: file and folder are synced.
    virtual FileFacts finish() = 0;
  };
  virtual std::unique_ptr<Writer> write() = 0;
  // A file made for one answer: it is never kept, and no crash leaves it behind.
  virtual std::unique_ptr<PassingFile> pass() = 0;
  FileFacts store(std::string_view bytes);

  // Keeps a file that lies in staging() and whose facts are known; durable when it returns. The name in staging() is the
  // caller's to remove, once its record stands: until then a crash loses nothing. It must not be written to any more.
  virtual void adopt(const std::filesystem::path& staged, const FileFacts& facts) = 0;
  // A folder for files that grow over many requests, on the vault's own file system.
  virtual std::filesystem::path staging() const = 0;

  virtual bool exists(std::string_view sha256) const = 0;
  // A readable file on this machine, for sendfile; it exists as long as the vault keeps it. Throws when there is none.
  virtual std::filesystem::path path(std::string_view sha256) const = 0;
  std::string read(std::string_view sha256) const;  // whole: for small files

  // The caller knows that no record refers to it any more.
  virtual void remove(std::string_view sha256) = 0;
  // Removes files older than `age` that no record refers to, as `is_referenced` says; answers how many.
  virtual std::size_t sweep(std::chrono::seconds age, const std::function<bool(std::string_view sha256)>& is_referenced) = 0;
};

// A vault in a folder: root/ab/cd/<64 hexadecimal digits>. Removes what a crash left half-written.
std::unique_ptr<Vault> open_disk_vault(const std::filesystem::path& root);

}  // namespace wujin::files
