#include <gmock/gmock.h>

#include "base/text.h"
#include "mail/imap_line.h"

// How a session begins: TLS, signing in and saying who we are.
namespace wujin::mail {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

using ImapOpening = ImapLine;

TEST_F(ImapOpening, says_who_it_is_before_it_opens_anything) {
  FakeImapServer server;
  ASSERT_EQ(problem_of(server), "none");
  EXPECT_THAT(server.commands(),
              ElementsAre(StartsWith("AUTHENTICATE PLAIN "), "CAPABILITY", StartsWith("ID (\"name\" \"Wujin\""),
                          "LIST \"\" \"*\"", "EXAMINE \"INBOX\"", "UID SEARCH UID 1:*", StartsWith("UID FETCH 7 "),
                          "UID FETCH 7 (UID RFC822.SIZE)", "UID FETCH 7 (UID BODY.PEEK[])", "SELECT \"INBOX\"",
                          "UID STORE 7 +FLAGS.SILENT (\\Seen)", "IDLE", "UID MOVE 7 \"&g0l6P3ux-\"", "LOGOUT"));
}

TEST_F(ImapOpening, signs_in_in_the_way_that_is_offered) {
  std::string plain;
  ASSERT_TRUE(from_base64("AHN0YXRpb25AZXhhbXBsZS5vcmcAZ2VoZWlt", plain));
  ASSERT_EQ(plain, std::string("\0station@example.org\0geheim", 27));
  const std::pair<const char*, const char*> offers[] = {
      {"SASL-IR AUTH=PLAIN", "AUTHENTICATE PLAIN AHN0YXRpb25AZXhhbXBsZS5vcmcAZ2VoZWlt"},
      {"AUTH=PLAIN", "AUTHENTICATE PLAIN"},
      {"auth=plain sasl-ir", "AUTHENTICATE PLAIN AHN0YXRpb25AZXhhbXBsZS5vcmcAZ2VoZWlt"},
      {"AUTH=LOGIN", "LOGIN \"station@example.org\" \"geheim\""}};
  for (const auto& [offer, command] : offers) {
    FakeImapServer server;
    server.greeting = "* OK [CAPABILITY IMAP4rev1 " + std::string(offer) + "] ready\r\n";
    if (command == std::string("AUTHENTICATE PLAIN")) server.answers[command] = "+ \r\n";
    EXPECT_EQ(problem_of(server), "none") << offer;
    EXPECT_EQ(server.commands().front(), command);
  }
}

TEST_F(ImapOpening, tries_a_password_once_only) {
  FakeImapServer server;
  server.answers["AUTHENTICATE PLAIN"] = "TAG NO\r\n";
  EXPECT_EQ(problem_of(server), "mailbox_login_refused");
  EXPECT_FALSE(server.has_heard("LOGIN"));
  server.answers["AUTHENTICATE PLAIN"] = "TAG BAD unknown\r\n";
  EXPECT_EQ(problem_of(server), "none");
  EXPECT_TRUE(server.has_heard("LOGIN"));
}

TEST_F(ImapOpening, sends_no_password_where_none_is_taken) {
  FakeImapServer server;
  server.greeting = "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2] ready\r\n";
  EXPECT_EQ(problem_of(server), "mailbox_login_refused");
  EXPECT_THAT(server.commands(), IsEmpty());
}

TEST_F(ImapOpening, sends_a_password_of_any_characters_as_it_is) {
  FakeImapServer server;
  server.greeting = "* OK [CAPABILITY IMAP4rev1] ready\r\n";
  Server at = server.server();
  at.password = "授权码\r\nW1 LOGOUT";
  EXPECT_TRUE(loop.run(ImapSession::open(at, FakeImapServer::limits())));
  EXPECT_EQ(server.commands().front(), "LOGIN \"station@example.org\" 授权码\r\nW1 LOGOUT");
  at.password = std::string("a\0b", 3);
  EXPECT_FALSE(loop.run(ImapSession::open(at, FakeImapServer::limits())));
}

TEST_F(ImapOpening, sends_nothing_in_the_clear) {
  FakeImapServer server(Security::starttls);
  server.answers["STARTTLS"] = "TAG NO not offered\r\n";
  EXPECT_EQ(problem_of(server), "mailbox_not_secure");
  server.answers["STARTTLS"] = "TAG BAD what\r\n";
  EXPECT_EQ(problem_of(server), "mailbox_not_secure");
  server.greeting = "* PREAUTH welcome\r\n";
  EXPECT_EQ(problem_of(server), "mailbox_not_secure");
  EXPECT_THAT(server.commands(), ElementsAre("STARTTLS", "STARTTLS"));
}

// Somebody between who cannot break TLS may still put words into the server's mouth before it begins.
TEST_F(ImapOpening, believes_nothing_that_was_said_before_tls) {
  FakeImapServer server(Security::starttls);
  server.greeting = "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\r\n";
  server.answers["STARTTLS"] =
      "TAG OK go ahead\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nW2 OK\r\nW3 OK [CAPABILITY IMAP4rev1] in\r\n* 1 EXISTS\r\n";
  EXPECT_EQ(problem_of(server), "none");
  EXPECT_THAT(server.commands(), Contains("CAPABILITY").Times(2));
  EXPECT_TRUE(server.has_heard("AUTHENTICATE PLAIN"));
}

TEST_F(ImapOpening, speaks_only_to_whom_the_certificate_names) {
  FakeImapServer server;
  auto limits = FakeImapServer::limits();
  Server at = server.server();
  limits.trusted_certificates.clear();
  const auto unknown = loop.run(ImapSession::open(at, limits));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(code_of(unknown.error()), "mailbox_not_secure");
  EXPECT_THAT(unknown.error().cause(), HasSubstr("certificate: self-signed certificate"));
  at.host = "127.0.0.1";
  EXPECT_TRUE(loop.run(ImapSession::open(at, FakeImapServer::limits())));
  const FakeImapServer other(Security::tls, foreign_certificate());
  limits.trusted_certificates = foreign_certificate().certificate;
  for (const auto& [host, cause] : {std::pair("localhost", "mismatch"), std::pair("127.0.0.1", "mismatch")}) {
    at = other.server();
    at.host = host;
    const auto misled = loop.run(ImapSession::open(at, limits));
    ASSERT_FALSE(misled) << host;
    EXPECT_EQ(code_of(misled.error()), "mailbox_not_secure");
    EXPECT_THAT(misled.error().cause(), HasSubstr(cause));
  }
  EXPECT_THAT(other.commands(), IsEmpty());
}

TEST_F(ImapOpening, meets_no_server) {
  Server nowhere;
  nowhere.login = "station";
  nowhere.host = "localhost";
  {
    const FakeImapServer gone;
    nowhere.port = gone.server().port;
  }
  EXPECT_EQ(code_of(loop.run(ImapSession::open(nowhere, FakeImapServer::limits())).error()), "mailbox_unreachable");
  nowhere.host = "a..b";
  EXPECT_EQ(code_of(loop.run(ImapSession::open(nowhere, FakeImapServer::limits())).error()), "mailbox_unreachable");
  const FakeImapServer in_the_clear(Security::starttls);
  Server sealed = in_the_clear.server();
  sealed.security = Security::tls;
  EXPECT_EQ(code_of(loop.run(ImapSession::open(sealed, FakeImapServer::limits())).error()), "mailbox_not_secure");
}

TEST_F(ImapOpening, tells_why_it_could_not_open) {
  struct Odd {
    const char* what;
    const char* command;
    std::string answer;
    const char* problem;
  };
  const Odd odds[] = {
      {"a server that is busy", "", "* BYE too many connections\r\n", "mailbox_dropped"},
      {"one of another kind", "", "220 smtp ready\r\n", "mailbox_not_understood"},
      {"a greeting of nobody knows what", "", "* HELLO\r\n", "mailbox_not_understood"},
      {"one that signs in by itself", "", "* PREAUTH welcome\r\n", "mailbox_not_understood"},
      {"a silent one", "", "", "mailbox_too_slow"},
      {"a wrong password", "AUTHENTICATE PLAIN", "TAG NO [AUTHENTICATIONFAILED] wrong\r\n", "mailbox_login_refused"},
      {"an account that must be unlocked", "AUTHENTICATE PLAIN", "TAG NO Please using authorized code\r\n",
       "mailbox_login_refused"},
      {"trouble of the server's own", "AUTHENTICATE PLAIN", "TAG NO [UNAVAILABLE] try later\r\n", "mailbox_dropped"},
      {"one that hangs up on strangers", "AUTHENTICATE PLAIN", "* BYE\r\n", "mailbox_dropped"},
      {"one that cannot say what it can", "CAPABILITY", "TAG NO\r\n", "mailbox_not_understood"},
  };
  auto limits = FakeImapServer::limits();
  for (const Odd& odd : odds) {
    FakeImapServer server;
    if (*odd.command) server.answers[odd.command] = odd.answer;
    if (!*odd.command) server.greeting = odd.answer;
    limits.connect = odd.answer.empty() ? 300ms : 10'000ms;
    const auto session = loop.run(ImapSession::open(server.server(), limits));
    EXPECT_EQ(session ? "none" : code_of(session.error()), odd.problem) << odd.what;
    if (session) continue;
    EXPECT_THAT(session.error().cause(), Not(HasSubstr("geheim"))) << odd.what;
  }
}

}  // namespace
}  // namespace wujin::mail
