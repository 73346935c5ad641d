#include "mail/imap_line.h"

#include <gmock/gmock.h>

// The client against servers that are not what they should be.
namespace wujin::mail {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

TEST_F(ImapLine, takes_up_again_wherever_it_is_dropped) {
  for (const Security security : {Security::tls, Security::starttls}) {
    FakeImapServer server(security);
    ASSERT_EQ(problem_of(server), "none");
    const std::size_t answers = server.answered();
    // The last is the farewell, which may be missing.
    for (std::size_t answer = 0; answer + 1 < answers; ++answer) {
      for (const auto how : {FakeImapServer::Cut::before, FakeImapServer::Cut::within}) {
        server.cut_at(server.answered() + answer, how);
        EXPECT_EQ(problem_of(server), "mailbox_dropped") << "answer " << answer;
        EXPECT_EQ(problem_of(server), "none") << "after answer " << answer;
      }
    }
    server.cut_at(server.answered() + answers - 1, FakeImapServer::Cut::before);
    EXPECT_EQ(problem_of(server), "none");
  }
}

TEST_F(ImapLine, leaves_no_part_of_a_message_behind) {
  FakeImapServer server;
  server.answers["UID FETCH 7 (UID BODY.PEEK[])"] = "* 1 FETCH (UID 7 BODY[] {5000}\r\n" + std::string(4000, 'x');
  const auto session = open(server);
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  server.cut_at(server.answered() + 1, FakeImapServer::Cut::within);
  EXPECT_FALSE(loop.run(session->fetch(7, folder.path() / "message.eml")));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "message.eml"));
}

struct Odd {
  const char* what;
  const char* command;
  std::string answer;
  const char* problem;
};

TEST_F(ImapLine, tells_what_is_wrong_with_an_answer) {
  const Odd odds[] = {
      {"silence", "EXAMINE", "", "mailbox_too_slow"},
      {"half a line", "EXAMINE", "* 1 EXI", "mailbox_too_slow"},
      {"half a literal", "UID FETCH 7 (UID BODY", "* 1 FETCH (UID 7 BODY[] {5}\r\nhel", "mailbox_too_slow"},
      {"BYE instead of an answer", "EXAMINE", "* BYE shutting down\r\n", "mailbox_dropped"},
      {"another tag", "EXAMINE", "W999 OK\r\n", "mailbox_not_understood"},
      {"a status of its own", "EXAMINE", "TAG MAYBE\r\n", "mailbox_not_understood"},
      {"another protocol", "EXAMINE", "HTTP/1.1 400 Bad Request\r\n\r\n", "mailbox_not_understood"},
      {"an empty line", "EXAMINE", "\r\n", "mailbox_not_understood"},
      {"bytes", "EXAMINE", std::string("\x16\x03\x01\0\xff\xfe\r\n", 8), "mailbox_not_understood"},
      {"an open list", "EXAMINE", "* FLAGS (\\Seen\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"a list too deep", "EXAMINE", "* X " + std::string(1000, '(') + std::string(1000, ')') + "\r\n", "mailbox_not_understood"},
      {"a go-ahead nobody asked for", "EXAMINE", "+ go on\r\n", "mailbox_not_understood"},
      {"no UIDVALIDITY", "EXAMINE", "* 1 EXISTS\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"no such folder", "EXAMINE", "TAG NO [NONEXISTENT] none\r\n", "mailbox_no_such_folder"},
      {"a folder kept shut", "EXAMINE", "TAG NO EXAMINE Unsafe Login\r\n", "mailbox_login_refused"},
      {"uids that are none", "UID SEARCH", "* SEARCH 1 x 3\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"a uid beyond 32 bits", "UID SEARCH", "* SEARCH 4294967296\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"a refusal to search", "UID SEARCH", "TAG NO\r\n", "mailbox_not_understood"},
      {"no date", "UID FETCH 7 (UID INTER", "* 1 FETCH (UID 7 RFC822.SIZE 5)\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"a date that is none", "UID FETCH 7 (UID INTER",
       "* 1 FETCH (UID 7 INTERNALDATE \"31-Feb-2023 09:00:00 +0800\" RFC822.SIZE 5)\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"a size that is none", "UID FETCH 7 (UID INTER",
       "* 1 FETCH (UID 7 INTERNALDATE \"26-Oct-2023 09:00:00 +0800\" RFC822.SIZE -5)\r\nTAG OK\r\n", "mailbox_not_understood"},
      {"a message gone", "UID FETCH 7 (UID RFC822.SIZE)", "TAG OK\r\n", "mailbox_message_gone"},
      {"a message gone a moment later", "UID FETCH 7 (UID BODY", "TAG OK\r\n", "mailbox_message_gone"},
      {"a message gone, as it says", "UID FETCH 7 (UID BODY", "TAG NO [EXPUNGEISSUED]\r\n", "mailbox_message_gone"},
      {"a message without bytes", "UID FETCH 7 (UID BODY", "* 1 FETCH (UID 7 BODY[] NIL)\r\nTAG OK\r\n", "mailbox_message_gone"},
      {"another message", "UID FETCH 7 (UID BODY", "* 1 FETCH (UID 8 BODY[] {5}\r\nhello)\r\nTAG OK\r\n",
       "mailbox_not_understood"},
      {"a message too large", "UID FETCH 7 (UID RFC822.SIZE)", "* 1 FETCH (UID 7 RFC822.SIZE 1048577)\r\nTAG OK\r\n",
       "too_large"},
      {"one larger than told", "UID FETCH 7 (UID BODY", "* 1 FETCH (UID 7 BODY[] {1048577}\r\nhello", "too_large"},
      {"a literal without measure", "UID FETCH 7 (UID BODY", "* 1 FETCH (UID 7 BODY[] {99999999999999999999}\r\n",
       "mailbox_not_understood"},
      {"a literal as a response", "LIST", "{5}\r\nhello\r\n", "mailbox_not_understood"},
      {"a refusal to mark", "UID STORE", "TAG NO read-only\r\n", "mailbox_not_understood"},
      {"nowhere to move to", "UID MOVE", "TAG NO [TRYCREATE] none\r\n", "mailbox_no_such_folder"},
      {"a move refused", "UID MOVE", "TAG NO [CANNOT]\r\n", "mailbox_cannot_move"},
      {"a move of nothing", "UID MOVE", "TAG OK\r\n", "mailbox_message_gone"},
  };
  auto limits = FakeImapServer::limits();
  limits.largest_message = 1u << 20;
  for (const Odd& odd : odds) {
    FakeImapServer server;
    limits.answer = odd.problem == std::string("mailbox_too_slow") ? 300ms : 10'000ms;
    // In the place of whatever it usually answers to such commands.
    std::erase_if(server.answers, [&](const auto& usual) { return usual.first.starts_with(odd.command); });
    server.answers[odd.command] = odd.answer;
    const auto session = loop.run(ImapSession::open(server.server(), limits));
    ASSERT_TRUE(session) << odd.what;
    const auto used = loop.run(use_all(**session, folder.path() / "message.eml"));
    EXPECT_EQ(used ? "none" : code_of(used.error()), odd.problem) << odd.what;
    std::filesystem::remove(folder.path() / "message.eml");
    if (used) continue;
    EXPECT_THAT(used.error().cause(), AllOf(Not(HasSubstr("station")), Not(HasSubstr("INBOX")))) << odd.what;
  }
}

TEST_F(ImapLine, waits_for_no_line_without_end) {
  for (const auto* command : {"EXAMINE", "LIST", "UID SEARCH", "UID FETCH 7 (UID BODY"}) {
    FakeImapServer server;
    server.answers[command] = "* 1 EXISTS";
    server.endless = std::string(10'000, 'x');
    server.endless_command = command;
    EXPECT_EQ(problem_of(server), "mailbox_not_understood") << command;
  }
}

TEST_F(ImapLine, waits_for_no_lines_without_end) {
  auto limits = FakeImapServer::limits();
  limits.command = 300ms;
  FakeImapServer server;
  server.answers["EXAMINE"] = "";
  server.endless = "* 1 EXISTS\r\n* OK still here\r\n";
  server.endless_command = "EXAMINE";
  EXPECT_EQ(problem_of(server, limits), "mailbox_too_slow");
}

TEST_F(ImapLine, holds_no_response_without_end) {
  FakeImapServer server;
  server.answers["LIST"] = "* LIST () ";
  server.endless = "{3}\r\nabc " + std::string(60'000, 'x') + " ";
  server.endless_command = "LIST";
  EXPECT_EQ(problem_of(server), "mailbox_not_understood");
}

TEST_F(ImapLine, reads_over_what_it_did_not_ask_for) {
  FakeImapServer server;
  const std::string unasked =
      "* OK [ALERT] Your quota {5}\r\n* 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"
      "* 9 FETCH (UID 9 BODY[HEADER.FIELDS (MESSAGE-ID)] {100000}\r\n" +
      std::string(100'000, 'm') + ")\r\n* NO [X-Y] words\r\n* XLIST (\\Inbox) \"/\" {3}\r\nabc\r\n";
  for (auto& [command, answer] : server.answers) {
    if (command != "STARTTLS" && command != "LOGOUT") answer.insert(answer.front() == '+' ? answer.size() : 0, unasked);
  }
  EXPECT_EQ(problem_of(server), "none");
  EXPECT_EQ(content_of(folder.path() / "message.eml"), "hello");
}

TEST_F(ImapLine, takes_an_envelope_in_parts_and_a_short_message_quoted) {
  FakeImapServer server;
  server.answers["UID SEARCH"] = "* SEARCH 9 7 8 9\r\nTAG OK\r\n";
  server.answers["UID FETCH 7:9 (UID INTER"] =
      "* 3 FETCH (INTERNALDATE \" 1-Oct-2023 00:00:00 +0000\" UID 9 RFC822.SIZE 7 BODY[HEADER.FIELDS (\"MESSAGE-ID\")] NIL)\r\n"
      "* 1 FETCH (UID 7 RFC822.SIZE 5)\r\n* 1 FETCH (UID 7 INTERNALDATE \"26-Oct-2023 09:05:00 +0800\")\r\nTAG OK\r\n";
  server.answers["UID FETCH 7 (UID BODY.PEEK[])"] = "* 1 FETCH (BODY[] \"quo\\\"ted\" UID 7)\r\nTAG OK\r\n";
  const auto session = open(server);
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  const auto envelopes = loop.run(session->envelopes(7, 10));
  ASSERT_TRUE(envelopes);
  ASSERT_THAT(*envelopes, SizeIs(2));
  EXPECT_EQ(envelopes->front().bytes, 5u);
  EXPECT_EQ(envelopes->back().uid, 9u);
  EXPECT_EQ(envelopes->back().message_id, "");
  ASSERT_TRUE(loop.run(session->fetch(7, folder.path() / "message.eml")));
  EXPECT_EQ(content_of(folder.path() / "message.eml"), "quo\"ted");
}

TEST_F(ImapLine, looks_behind_messages_that_have_gone) {
  FakeImapServer server;
  server.answers["UID SEARCH UID 1:*"] = "* SEARCH 3 4 7\r\nTAG OK\r\n";
  server.answers["UID SEARCH UID 5:*"] = "* SEARCH 7\r\nTAG OK\r\n";
  server.answers["UID FETCH 3:4"] = "TAG OK\r\n";
  const auto session = open(server);
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  const auto envelopes = loop.run(session->envelopes(1, 2));
  ASSERT_TRUE(envelopes);
  ASSERT_THAT(*envelopes, SizeIs(1));
  EXPECT_EQ(envelopes->front().uid, 7u);
}

TEST_F(ImapLine, searches_a_mailbox_of_any_size) {
  FakeImapServer server;
  std::string all = "* SEARCH";
  for (int uid = 200'000; uid >= 7; --uid) all += " " + std::to_string(uid);
  server.answers["UID SEARCH"] = all + "\r\nTAG OK\r\n";
  const auto session = open(server);
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  const auto envelopes = loop.run(session->envelopes(1, 1));
  ASSERT_TRUE(envelopes) << envelopes.error().cause();
  ASSERT_THAT(*envelopes, SizeIs(1));
  EXPECT_EQ(envelopes->front().uid, 7u);
}

TEST_F(ImapLine, asks_again_and_again_where_it_cannot_idle) {
  FakeImapServer server;
  server.answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1\r\nTAG OK\r\n";
  auto limits = FakeImapServer::limits();
  limits.poll = 1ms;
  auto session = loop.run(ImapSession::open(server.server(), limits));
  ASSERT_TRUE(session);
  EXPECT_FALSE((*session)->can_idle());
  ASSERT_TRUE(loop.run((*session)->examine("INBOX")));
  EXPECT_EQ(outcome_of((*session)->idle(3ms)), false);
  EXPECT_THAT(server.commands(), Contains("NOOP").Times(3));
  session->reset();
  server.answers["NOOP"] = "* 2 EXISTS\r\nTAG OK\r\n";
  session = loop.run(ImapSession::open(server.server(), limits));
  ASSERT_TRUE(session);
  ASSERT_TRUE(loop.run((*session)->examine("INBOX")));
  EXPECT_EQ(outcome_of((*session)->idle(1h)), true);
}

TEST_F(ImapLine, polls_a_server_that_promised_idle_and_refuses_it) {
  FakeImapServer server;
  server.answers["IDLE"] = "TAG NO not now\r\n";
  server.answers["NOOP"] = "* 2 EXISTS\r\nTAG OK\r\n";
  auto limits = FakeImapServer::limits();
  limits.poll = 1ms;
  EXPECT_EQ(problem_of(server, limits), "none");
  EXPECT_TRUE(server.has_heard("NOOP"));
}

TEST_F(ImapLine, ends_its_wait_when_the_time_has_passed) {
  FakeImapServer server;
  server.answers["IDLE"] = "+ idling\r\n* 1 EXISTS\r\n* OK still here\r\n";
  const auto session = open(server);
  ASSERT_TRUE(loop.run(session->examine("INBOX")));
  EXPECT_EQ(outcome_of(session->idle(1ms)), false);
  EXPECT_EQ(outcome_of(session->idle(1ms)), false);
  EXPECT_TRUE(loop.run(session->folders()));
}

TEST_F(ImapLine, moves_nothing_without_move) {
  FakeImapServer server;
  server.answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 UIDPLUS\r\nTAG OK\r\n";
  const auto session = open(server);
  ASSERT_TRUE(loop.run(session->select("INBOX")));
  EXPECT_EQ(code_of(loop.run(session->move(7, "Done")).error()), "mailbox_cannot_move");
  EXPECT_FALSE(server.has_heard("UID COPY"));
}

}  // namespace
}  // namespace wujin::mail
