#include "files/vault.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/storage_full.h"
#include "base/text.h"
#include "files/growing_file.h"

namespace wujin::files {
namespace {

namespace fs = std::filesystem;

class VaultTest : public testing::Test {
 protected:
  VaultTest() { vault = open_disk_vault(root); }
  ~VaultTest() override { fs::remove_all(directory); }

  std::vector<std::string> files_below(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), folder).string());
    }
    return names;
  }

  static fs::path make_directory() {
    std::string name = fs::temp_directory_path() / "wujin-vault-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    return name;
  }

  const fs::path directory = make_directory();
  const fs::path root = directory / "files";
  std::unique_ptr<Vault> vault;
};

TEST_F(VaultTest, keeps_bytes_under_their_hash_and_tells_their_facts) {
  const FileFacts facts = vault->store("123456789");
  EXPECT_EQ(facts.sha256, sha256("123456789"));
  EXPECT_EQ(facts.crc32, 0xCBF43926u) << "the check value of CRC-32";
  EXPECT_EQ(facts.size, 9u);
  EXPECT_EQ(vault->read(facts.sha256), "123456789");
  const std::string hex = to_hex(facts.sha256);
  EXPECT_THAT(files_below(root), testing::ElementsAre(hex.substr(0, 2) + "/" + hex.substr(2, 2) + "/" + hex));
}

TEST_F(VaultTest, keeps_the_same_bytes_once) {
  vault->store("a");
  vault->store("a");
  vault->store("b");
  EXPECT_EQ(files_below(root).size(), 2u);
}

TEST_F(VaultTest, keeps_an_empty_file) { EXPECT_EQ(vault->read(vault->store("").sha256), ""); }

TEST_F(VaultTest, drops_what_was_not_finished) {
  {
    const auto writer = vault->write();
    writer->append(std::string_view("half"));
    EXPECT_EQ(files_below(root).size(), 1u);
  }
  EXPECT_TRUE(files_below(root).empty());
}

TEST_F(VaultTest, removes_at_start_what_a_crash_left) {
  vault->store("kept");
  std::ofstream(root / "incoming" / "999-1") << "half";
  vault = open_disk_vault(root);
  EXPECT_EQ(files_below(root).size(), 1u);
  EXPECT_TRUE(vault->exists(sha256("kept")));
}

TEST_F(VaultTest, takes_over_a_staged_file) {
  GrowingFile file(vault->staging() / "upload");
  file.append(std::string_view("one "));
  file.append(std::string_view("two"));
  vault->adopt(file.path(), file.digests().facts());
  vault->adopt(file.path(), file.digests().facts());  // as after a crash before the record stood
  fs::remove(file.path());
  EXPECT_EQ(vault->read(sha256("one two")), "one two");
}

TEST_F(VaultTest, says_when_it_has_no_such_file) {
  EXPECT_FALSE(vault->exists(sha256("nothing")));
  EXPECT_THROW(static_cast<void>(vault->path(sha256("nothing"))), std::runtime_error);
  EXPECT_THROW(static_cast<void>(vault->exists("../../etc/passwd")), std::logic_error) << "a path is no hash";
}

TEST_F(VaultTest, sweeps_only_what_nobody_refers_to) {
  const std::string kept = vault->store("kept").sha256;
  const std::string dropped = vault->store("dropped").sha256;
  const auto is_referenced = [&](std::string_view sha256) { return sha256 == kept; };
  EXPECT_EQ(vault->sweep(std::chrono::hours(1), is_referenced), 0u) << "too young: its record may be on its way";
  EXPECT_EQ(vault->sweep(std::chrono::seconds(-1), is_referenced), 1u);
  EXPECT_TRUE(vault->exists(kept));
  EXPECT_FALSE(vault->exists(dropped));
}

TEST_F(VaultTest, goes_on_hashing_a_growing_file_after_a_restart) {
  const fs::path path = vault->staging() / "upload";
  { GrowingFile(path).append(std::string_view("before ")); }
  GrowingFile again(path);
  EXPECT_EQ(again.size(), 7u);
  again.append(std::string_view("after"));
  EXPECT_EQ(again.digests().facts().sha256, sha256("before after"));
}

TEST_F(VaultTest, trusts_a_remembered_hash_only_where_it_fits_the_file) {
  const fs::path path = vault->staging() / "upload";
  Digests remembered;
  {
    GrowingFile file(path);
    file.append(std::string_view("one"));
    remembered = file.digests();
    file.append(std::string_view(" two"));
  }
  EXPECT_EQ(GrowingFile(path, &remembered).digests().facts().sha256, sha256("one two"));
}

TEST_F(VaultTest, takes_a_refused_piece_back) {
  GrowingFile file(vault->staging() / "upload");
  file.append(std::string_view("good "));
  const Digests mark = file.digests();
  file.append(std::string_view("bad"));
  file.go_back(mark);
  file.append(std::string_view("better"));
  vault->adopt(file.path(), file.digests().facts());
  EXPECT_EQ(vault->read(sha256("good better")), "good better");
}

// A process that may write files of 4 KiB only: the kernel refuses the rest as a full disk would.
TEST_F(VaultTest, tells_a_full_disk_apart_and_leaves_nothing_behind) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int outcome = 1;
    try {
      vault->store(std::string(10'000, 'x'));
    } catch (const StorageFull&) {
      outcome = files_below(root).empty() ? 0 : 2;
    }
    GrowingFile file(vault->staging() / "upload");
    file.append(std::string(4000, 'x'));
    try {
      file.append(std::string(4000, 'x'));
      outcome = 3;
    } catch (const StorageFull&) {
      if (fs::file_size(file.path()) != 4000) outcome = 4;
    }
    ::_exit(outcome);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace wujin::files
