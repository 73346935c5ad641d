#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <system_error>

#include "base/text.h"
#include "files/digests.h"
#include "files/open_file.h"
#include "files/passing_file.h"
#include "files/vault.h"

namespace wujin::files {
namespace {

namespace fs = std::filesystem;

class DiskVault;

class DiskWriter final : public Vault::Writer {
 public:
  DiskWriter(DiskVault& vault, fs::path path) : vault_(vault), path_(std::move(path)), file_(path_, OpenFile::How::create) {}
  ~DiskWriter() override;
  DiskWriter(const DiskWriter&) = delete;

  void append(std::span<const char> bytes) override {
    file_.write(bytes);
    digests_.append(bytes);
  }
  FileFacts finish() override;

 private:
  DiskVault& vault_;
  const fs::path path_;
  OpenFile file_;
  Digests digests_;
};

class DiskVault final : public Vault {
 public:
  explicit DiskVault(fs::path root) : root_(std::move(root)), incoming_(root_ / "incoming"), staging_(root_ / "staging") {
    fs::create_directories(staging_);
    fs::remove_all(incoming_);  // what a crash left half-written
    fs::create_directories(incoming_);
    sync_folder(root_);
  }

  std::unique_ptr<Writer> write() override { return std::make_unique<DiskWriter>(*this, fresh_name()); }
  std::unique_ptr<PassingFile> pass() override { return std::make_unique<PassingFile>(fresh_name()); }

  void adopt(const fs::path& staged, const FileFacts& facts) override {
    OpenFile(staged, OpenFile::How::append).sync();
    const fs::path to = prepared_place(facts.sha256);
    std::error_code error;
    fs::create_hard_link(staged, to, error);
    if (error == std::errc::file_exists) return fs::last_write_time(to, fs::file_time_type::clock::now());  // as young again
    if (error) fs::rename(staged, to);  // a file system without links
    sync_folder(to.parent_path());
  }

  fs::path staging() const override { return staging_; }

  bool exists(std::string_view sha256) const override { return fs::exists(place(sha256)); }

  fs::path path(std::string_view sha256) const override {
    fs::path found = place(sha256);
    if (!fs::exists(found)) throw std::runtime_error("the vault has no file " + to_hex(sha256));
    return found;
  }

  void remove(std::string_view sha256) override { fs::remove(place(sha256)); }

  std::size_t sweep(std::chrono::seconds age, const std::function<bool(std::string_view)>& is_referenced) override;

  // Moves a synced file to where its hash says. Two that arrive at once are the same bytes: the later one replaces its twin.
  void settle(const fs::path& from, std::string_view sha256) {
    const fs::path to = prepared_place(sha256);
    fs::rename(from, to);
    sync_folder(to.parent_path());
  }

 private:
  fs::path fresh_name() {
    const auto number = next_.fetch_add(1, std::memory_order_relaxed);
    return incoming_ / (std::to_string(::getpid()) + "-" + std::to_string(number));
  }

  fs::path place(std::string_view sha256) const {
    if (sha256.size() != 32) throw std::logic_error("a SHA-256 has 32 bytes");
    const std::string hex = to_hex(sha256);
    return root_ / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  }

  fs::path prepared_place(std::string_view sha256) const {
    fs::path to = place(sha256);
    const fs::path folder = to.parent_path();
    if (!fs::exists(folder)) {
      fs::create_directories(folder);
      sync_folder(folder.parent_path());
      sync_folder(root_);
    }
    return to;
  }

  const fs::path root_;
  const fs::path incoming_;
  const fs::path staging_;
  std::atomic<std::uint64_t> next_{1};
};

DiskWriter::~DiskWriter() {
  std::error_code ignored;
  fs::remove(path_, ignored);  // finished, it lies elsewhere
}

FileFacts DiskWriter::finish() {
  FileFacts facts = digests_.facts();
  file_.sync();
  vault_.settle(path_, facts.sha256);
  return facts;
}

std::size_t DiskVault::sweep(std::chrono::seconds age, const std::function<bool(std::string_view)>& is_referenced) {
  const auto newest = fs::file_time_type::clock::now() - age;
  std::size_t removed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    std::string sha256;
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.size() != 64 || !from_hex(name, sha256)) continue;
    if (entry.last_write_time() > newest || is_referenced(sha256)) continue;
    fs::remove(entry.path());
    ++removed;
  }
  return removed;
}

}  // namespace

std::unique_ptr<Vault> open_disk_vault(const fs::path& root) { return std::make_unique<DiskVault>(root); }

}  // namespace wujin::files
