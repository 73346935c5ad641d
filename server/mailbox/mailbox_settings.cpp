#include "mailbox/mailbox_settings.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace wujin::mailbox {
namespace {

constexpr std::chrono::hours looked_back{31 * 24};

std::string context(const PlaceId& town) { return "mailbox/" + town.text() + "/server"; }

void check_text(std::string_view text, std::size_t most, std::string field, std::vector<Fault>& faults) {
  const bool is_plain = std::ranges::none_of(text, [](char byte) { return static_cast<unsigned char>(byte) < ' '; });
  if (trimmed(text).empty()) {
    faults.push_back({std::move(field), ProblemCode::required, {}});
  } else if (count_characters(text) > most) {
    faults.push_back({std::move(field), ProblemCode::too_long, {{"limit", std::to_string(most)}}});
  } else if (!is_plain) {
    faults.push_back({std::move(field), ProblemCode::not_text, {}});
  }
}

bool is_host(const std::string& host) {
  constexpr std::size_t longest_host = 253;
  const auto is_of_name = [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '.' ||
           byte == '-';
  };
  return !host.empty() && host.size() <= longest_host && std::ranges::all_of(host, is_of_name);
}

bool is_same_server(const ServerChange& change, const StoredServer& before) {
  return before.host == change.host && before.port == change.port;
}

// A kept password goes to no other server than the one it was entered for.
bool has_kept_password(const ServerChange& change, const MailboxSettings& before) {
  return before.server && !before.server->sealed_password.empty() && is_same_server(change, *before.server);
}

void check_server(const ServerChange& server, const MailboxSettings& before, std::vector<Fault>& faults) {
  if (!is_host(server.host)) faults.push_back({"server.host", ProblemCode::invalid, {{"expected", "imap.example.cn"}}});
  if (server.port < 1 || server.port > 65535) {
    faults.push_back({"server.port", ProblemCode::out_of_range, {{"low", "1"}, {"high", "65535"}}});
  }
  check_text(server.login, 254, "server.login", faults);
  if (server.password) {
    check_text(*server.password, 256, "server.password", faults);
  } else if (!has_kept_password(server, before)) {
    faults.push_back({"server.password", ProblemCode::required, {}});
  }
}

void check_folders(const std::string& folder, Done done, const std::optional<std::string>& done_folder,
                   std::vector<Fault>& faults) {
  constexpr std::size_t longest_folder = 200;
  check_text(folder, longest_folder, "folder", faults);
  if (done != Done::move) return;
  check_text(done_folder.value_or(""), longest_folder, "done_folder", faults);
  if (done_folder == folder) faults.push_back({"done_folder", ProblemCode::duplicate, {}});
}

template <class Entered>
Result<> check_entered(const Entered& entered, const MailboxSettings& before) {
  std::vector<Fault> faults;
  check_server(entered.server, before, faults);
  check_folders(entered.folder, entered.done, entered.done_folder, faults);
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

}  // namespace

Result<> check(const TestRequest& request, const MailboxSettings& before) { return check_entered(request, before); }
Result<> check(const MailboxChange& change, const MailboxSettings& before) { return check_entered(change, before); }

MailboxSettings changed(const MailboxSettings& before, const MailboxChange& change, const Sealing& sealing, Instant now) {
  MailboxSettings after;
  after.server = StoredServer{change.server.host, change.server.port, change.server.security, change.server.login, ""};
  if (change.server.password) {
    after.server->sealed_password = sealing.key.seal(*change.server.password, context(sealing.town), sealing.randomness);
  } else if (has_kept_password(change.server, before)) {
    after.server->sealed_password = before.server->sealed_password;
  }
  after.folder = change.folder;
  after.done = change.done;
  if (change.done == Done::move) after.done_folder = change.done_folder;
  after.receipts = change.receipts;
  after.enabled = change.enabled;
  after.on_since = before.on_since;
  if (change.enabled && !after.on_since) after.on_since = now;
  return after;
}

std::optional<mail::Server> server_of(const StoredServer& server, const secrets::FieldKey& key, const PlaceId& town) {
  const auto password = key.open(server.sealed_password, context(town));
  if (!password) return std::nullopt;
  return mail::Server{server.host, server.port, server.security, server.login, *password};
}

std::optional<mail::Server> server_of(const ServerChange& change, const MailboxSettings& before, const secrets::FieldKey& key,
                                      const PlaceId& town) {
  mail::Server server{change.host, change.port, change.security, change.login, change.password.value_or("")};
  if (change.password) return server;
  const auto kept = server_of(*before.server, key, town);
  if (!kept) return std::nullopt;
  server.password = kept->password;
  return server;
}

std::string account_of(const StoredServer& server) { return server.login + "@" + server.host; }

Instant horizon_of(const MailboxSettings& settings) { return settings.on_since.value_or(Instant()) - looked_back; }

}  // namespace wujin::mailbox
