#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/problem.h"
#include "base/result.h"
#include "mail/smtp.h"
#include "places/place.h"
#include "secrets/field_key.h"

// Where a town's villages write to, and what becomes of what they write. Pure.
namespace wujin::mailbox {

using places::PlaceId;

// What becomes of a message on the server once it was taken in. None is ever deleted.
enum class Done : std::uint8_t { leave, mark_seen, move };
BOOST_DESCRIBE_ENUM(Done, leave, mark_seen, move)

// As kept: the password is sealed (secrets/field_key.h).
struct StoredServer {
  std::string host;
  int port = 993;
  mail::Security security = mail::Security::tls;
  std::string login;
  std::string sealed_password;  // empty: none
};
BOOST_DESCRIBE_STRUCT(StoredServer, (), (host, port, security, login, sealed_password))

struct MailboxSettings {
  std::optional<StoredServer> server;
  std::string folder = "INBOX";
  Done done = Done::leave;
  std::optional<std::string> done_folder;
  bool receipts = true;
  bool enabled = false;
  std::optional<Instant> on_since;  // when it was first enabled
};
BOOST_DESCRIBE_STRUCT(MailboxSettings, (), (server, folder, done, done_folder, receipts, enabled, on_since))

// As entered. A password that is absent stays as it is, unless the server is another one.
struct ServerChange {
  std::string host;
  int port = 993;
  mail::Security security = mail::Security::tls;
  std::string login;
  std::optional<std::string> password;
};
BOOST_DESCRIBE_STRUCT(ServerChange, (), (host, port, security, login, password))

struct MailboxChange {
  ServerChange server;
  std::string folder;
  Done done = Done::leave;
  std::optional<std::string> done_folder;
  bool receipts = true;
  bool enabled = false;
};
BOOST_DESCRIBE_STRUCT(MailboxChange, (), (server, folder, done, done_folder, receipts, enabled))

struct TestRequest {
  ServerChange server;
  std::string folder;
  Done done = Done::leave;
  std::optional<std::string> done_folder;
};
BOOST_DESCRIBE_STRUCT(TestRequest, (), (server, folder, done, done_folder))

// How it goes, as whoever watches a mailbox last saw it.
struct MailboxState {
  std::optional<Instant> last_looked_at;
  std::optional<Instant> last_letter_at;
  std::optional<Problem> problem;
};

// Every fault at once.
Result<> check(const TestRequest& request, const MailboxSettings& before);
Result<> check(const MailboxChange& change, const MailboxSettings& before);

// What sealing a town's password takes.
struct Sealing {
  const secrets::FieldKey& key;
  Randomness& randomness;
  PlaceId town;
};
MailboxSettings changed(const MailboxSettings& before, const MailboxChange& change, const Sealing& sealing, Instant now);

// Ready to use. Nothing when what is sealed does not open: the key file is another one.
std::optional<mail::Server> server_of(const StoredServer& server, const secrets::FieldKey& key, const PlaceId& town);
// As it was entered, with the kept password where none was. Nothing as above.
std::optional<mail::Server> server_of(const ServerChange& change, const MailboxSettings& before, const secrets::FieldKey& key,
                                      const PlaceId& town);

// What UIDs belong to, whatever the password: login and host.
std::string account_of(const StoredServer& server);

// What arrived earlier than this is left alone: whoever switches the mailbox on does not want ten years of letters in the tray.
Instant horizon_of(const MailboxSettings& settings);

}  // namespace wujin::mailbox
