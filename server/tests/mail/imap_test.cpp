#include "mail/imap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <fstream>
#include <thread>

#include "base/storage_full.h"
#include "mail/dovecot_server.h"
#include "mail/loop.h"

// The client against a real Dovecot.
namespace wujin::mail {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

Instant at(std::string_view text) { return *parse_instant(text); }

std::string message(const std::string& id, const std::string& text = "汇报\r\n") {
  return "From: village@example.org\r\nMessage-ID: <" + id + ">\r\nSubject: =?utf-8?B?5rGH5oql?=\r\n\r\n" + text;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The most memory this program ever held, in KiB.
long peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    long amount = 0;
    status >> amount;
    return amount;
  }
  throw std::runtime_error("the kernel does not tell the peak of memory");
}

// While it stands, no file of this program may grow beyond so many bytes.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFiles(const SmallFiles&) = delete;

 private:
  rlimit before_{};
};

// Each test has an account of its own.
class Imap : public testing::Test {
 protected:
  Imap() : login(testing::UnitTest::GetInstance()->current_test_info()->name()) { dovecot().make_folder(login, ""); }

  std::unique_ptr<ImapSession> open(Security security = Security::tls) {
    auto opened = loop.run(ImapSession::open(dovecot().server(security, login), DovecotServer::limits()));
    if (!opened) throw std::runtime_error(std::string(slug(opened.error().code())) + " " + opened.error().cause());
    return std::move(*opened);
  }
  void deliver(const std::string& text) { dovecot().deliver(login, "", text, at("2023-10-26T09:05:00+08:00")); }
  std::string problem_of(Task<Result<Folder>> opening) {
    const auto opened = loop.run(std::move(opening));
    return opened ? "none" : std::string(slug(opened.error().code()));
  }

  std::optional<bool> outcome_of(Task<Result<bool>> waiting) {
    const auto outcome = loop.run(std::move(waiting));
    return outcome ? std::optional(*outcome) : std::nullopt;
  }

  Loop loop;
  TemporaryFolder folder;
  std::string login;
};

TEST_F(Imap, reads_what_arrived_and_when) {
  dovecot().deliver(login, "", message("1@village"), at("2023-10-26T09:05:00+08:00"));
  dovecot().deliver(login, "", "Subject: no id\r\n\r\n", at("2023-10-28T23:59:59+08:00"));
  for (const Security security : {Security::tls, Security::starttls}) {
    const auto session = open(security);
    const auto inbox = loop.run(session->examine("INBOX"));
    ASSERT_TRUE(inbox);
    EXPECT_EQ(inbox->name, "INBOX");
    EXPECT_EQ(inbox->messages, 2u);
    EXPECT_EQ(inbox->next_uid, 3u);
    EXPECT_NE(inbox->validity, 0u);
    const auto envelopes = loop.run(session->envelopes(0, 10));
    ASSERT_TRUE(envelopes);
    ASSERT_THAT(*envelopes, SizeIs(2));
    EXPECT_EQ(envelopes->front().uid, 1u);
    EXPECT_EQ(envelopes->front().message_id, "1@village");
    EXPECT_EQ(envelopes->front().arrived_at, at("2023-10-26T09:05:00+08:00"));
    EXPECT_EQ(envelopes->front().bytes, message("1@village").size());
    EXPECT_EQ(envelopes->back().arrived_at, at("2023-10-28T23:59:59+08:00"));
    EXPECT_EQ(envelopes->back().message_id, "");
  }
}

TEST_F(Imap, keeps_a_message_bit_for_bit_and_unseen) {
  std::string text = "\x01\xff 任意 bytes\r\n.\r\n)\r\nW1 OK\r\n";
  text.append(300'000, 'x').append("\r\n");
  const std::string sent = message("1@village", text);
  deliver(sent);
  const auto session = open();
  ASSERT_TRUE(loop.run(session->select("INBOX")));
  const auto size = loop.run(session->fetch(1, folder.path() / "1.eml"));
  ASSERT_TRUE(size) << size.error().cause();
  EXPECT_EQ(*size, sent.size());
  EXPECT_TRUE(content_of(folder.path() / "1.eml") == sent);
  loop.run(session->log_out());
  EXPECT_THAT(dovecot().files(login, ""), ElementsAre(Not(EndsWith("S"))));
}

TEST_F(Imap, overwrites_no_file) {
  deliver(message("1@village"));
  const auto session = open();
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  ASSERT_TRUE(loop.run(session->fetch(1, folder.path() / "1.eml")));
  EXPECT_THROW(loop.run(session->fetch(1, folder.path() / "1.eml")), std::system_error);
  EXPECT_EQ(content_of(folder.path() / "1.eml"), message("1@village"));
  EXPECT_TRUE(loop.run(session->fetch(1, folder.path() / "again.eml")));
}

TEST_F(Imap, leaves_nothing_behind_on_a_full_disk) {
  deliver(message("1@village", std::string(2'000'000, 'x')));
  const auto session = open();
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  {
    const SmallFiles only(1'000'000);
    EXPECT_THROW(loop.run(session->fetch(1, folder.path() / "1.eml")), StorageFull);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "1.eml"));
  EXPECT_EQ(problem_of(session->examine("INBOX")), "mailbox_dropped");
}

TEST_F(Imap, signs_in_with_the_right_password_only) {
  Server wrong = dovecot().server(Security::tls, login);
  for (const auto* password : {"", "geheim", "geheim \"1\" \\ u"}) {
    wrong.password = password;
    const auto opened = loop.run(ImapSession::open(wrong, DovecotServer::limits()));
    ASSERT_FALSE(opened) << password;
    EXPECT_EQ(slug(opened.error().code()), "mailbox_login_refused");
    EXPECT_EQ(opened.error().cause(), "signing in: NO [AUTHENTICATIONFAILED]");
  }
}

TEST_F(Imap, opens_folders_of_any_name) {
  dovecot().make_folder(login, "&U,BTFw-");
  dovecot().make_folder(login, "&g0l6P3ux-.&XfJT0ZAB-");
  dovecot().make_folder(login, "a &- \"b\"");
  const auto session = open();
  const auto folders = loop.run(session->folders());
  ASSERT_TRUE(folders);
  EXPECT_THAT(*folders, UnorderedElementsAre("INBOX", "台北", "草稿箱.已发送", "a & \"b\""));
  for (const auto& name : *folders) EXPECT_EQ(problem_of(session->examine(name)), "none") << name;
  for (const auto* name : {"", "台南", "草稿箱", "*", "台%", "a\r\nW1 LOGOUT", "\xff"}) {
    EXPECT_EQ(problem_of(session->examine(name)), "mailbox_no_such_folder") << name;
  }
  EXPECT_EQ(problem_of(session->select("inbox")), "none");
}

TEST_F(Imap, marks_and_moves_only_when_told_to) {
  dovecot().make_folder(login, "&U,BTFw-");
  deliver(message("1@village"));
  deliver(message("2@village"));
  const auto session = open();
  ASSERT_TRUE(loop.run(session->select("INBOX")));
  ASSERT_TRUE(loop.run(session->mark_seen(1)));
  ASSERT_TRUE(loop.run(session->mark_seen(1)));
  EXPECT_THAT(dovecot().files(login, ""), UnorderedElementsAre(EndsWith("S"), Not(EndsWith("S"))));
  ASSERT_TRUE(loop.run(session->move(1, "台北")));
  EXPECT_THAT(dovecot().files(login, ""), ElementsAre(Not(EndsWith("S"))));
  EXPECT_THAT(dovecot().files(login, "&U,BTFw-"), ElementsAre(EndsWith("S")));
  EXPECT_EQ(loop.run(session->move(1, "台北")).error().code(), ProblemCode::mailbox_message_gone);
  EXPECT_EQ(loop.run(session->move(2, "台南")).error().code(), ProblemCode::mailbox_no_such_folder);
  EXPECT_THAT(dovecot().files(login, ""), SizeIs(1));
}

TEST_F(Imap, changes_nothing_in_a_folder_opened_for_reading) {
  deliver(message("1@village"));
  dovecot().make_folder(login, "Done");
  const auto session = open();
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  EXPECT_FALSE(loop.run(session->mark_seen(1)));
  EXPECT_FALSE(loop.run(session->move(1, "Done")));
  EXPECT_THAT(dovecot().files(login, ""), ElementsAre(Not(EndsWith("S"))));
  EXPECT_THAT(dovecot().files(login, "Done"), IsEmpty());
}

TEST_F(Imap, goes_through_many_messages_from_where_it_was) {
  for (int number = 1; number <= 230; ++number) deliver(message(std::to_string(number) + "@village"));
  const auto session = open();
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  std::vector<std::uint32_t> uids;
  std::set<std::string> ids;
  for (std::uint32_t first = 1;;) {
    const auto some = loop.run(session->envelopes(first, 150));
    ASSERT_TRUE(some) << some.error().cause();
    if (some->empty()) break;
    EXPECT_LE(some->size(), 150u);
    for (const Envelope& envelope : *some) {
      uids.push_back(envelope.uid);
      ids.insert(envelope.message_id);
    }
    first = uids.back() + 1;
  }
  EXPECT_THAT(uids, SizeIs(230));
  EXPECT_TRUE(std::is_sorted(uids.begin(), uids.end()));
  EXPECT_THAT(ids, SizeIs(230));
}

TEST_F(Imap, finds_nothing_in_an_empty_folder) {
  const auto session = open();
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  EXPECT_THAT(*loop.run(session->envelopes(1, 10)), IsEmpty());
  EXPECT_EQ(loop.run(session->fetch(1, folder.path() / "1.eml")).error().code(), ProblemCode::mailbox_message_gone);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "1.eml"));
}

TEST_F(Imap, tells_of_a_message_too_large_and_goes_on) {
  deliver(message("1@village", std::string(2000, 'x')));
  deliver(message("2@village"));
  auto limits = DovecotServer::limits();
  limits.largest_message = 1000;
  const auto session = loop.run(ImapSession::open(dovecot().server(Security::tls, login), limits));
  ASSERT_TRUE(session);
  ASSERT_TRUE(loop.run((*session)->examine("INBOX")));
  EXPECT_EQ(loop.run((*session)->fetch(1, folder.path() / "1.eml")).error().code(), ProblemCode::too_large);
  EXPECT_TRUE(loop.run((*session)->fetch(2, folder.path() / "2.eml")));
}

TEST_F(Imap, wakes_when_something_comes) {
  const auto session = open();
  ASSERT_TRUE(session->can_idle());
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  EXPECT_EQ(outcome_of(session->idle(1ms)), false);
  std::thread sender([&] { deliver(message("1@village")); });
  EXPECT_EQ(outcome_of(session->idle(1min)), true);
  sender.join();
  EXPECT_THAT(*loop.run(session->envelopes(1, 10)), SizeIs(1));
  EXPECT_EQ(outcome_of(session->idle(1ms)), false);
}

TEST_F(Imap, holds_no_large_message_in_memory) {
  constexpr int megabytes = 40;
  dovecot().deliver(login, "", at("2023-10-26T09:05:00+08:00"), [](std::ostream& out) {
    out << message("1@village");
    const std::string piece(64 * 1024 - 2, 'x');
    for (int written = 0; written < megabytes * 16; ++written) out << piece << "\r\n";
  });
  const auto session = open();
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  [[maybe_unused]] const long before = peak_memory();
  const auto size = loop.run(session->fetch(1, folder.path() / "1.eml"));
  ASSERT_TRUE(size) << size.error().cause();
  EXPECT_EQ(*size, message("1@village").size() + (std::uint64_t{megabytes} << 20));
  EXPECT_EQ(*size, std::filesystem::file_size(folder.path() / "1.eml"));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they keep what was freed for a while
  EXPECT_LT(peak_memory() - before, 8 * 1024);
#endif
}

}  // namespace
}  // namespace wujin::mail
