#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/randomness.h"
#include "base/task.h"
#include "database/database.h"
#include "files/vault.h"
#include "jobs/queue.h"
#include "mail/imap.h"
#include "mailbox/mailboxes_store.h"
#include "secrets/field_key.h"

// Looks after the mailboxes of the towns: what arrives becomes a letter.
namespace wujin::mailbox {

struct Pace {
  std::chrono::milliseconds idle{std::chrono::minutes(9)};        // a line that says nothing for ten is cut by many a router
  std::chrono::milliseconds first_wait{std::chrono::seconds(5)};  // before the second attempt; doubles
  std::chrono::milliseconds longest_wait{std::chrono::minutes(15)};
  std::chrono::milliseconds turn{std::chrono::minutes(12)};    // longer than `idle`, after which it is made longer
  std::chrono::milliseconds standby{std::chrono::minutes(1)};  // before what other servers did is asked about again
};

// Borrows everything; outlived by all of it.
struct WatchParts {
  Database& database;
  jobs::Queue& queue;
  files::Vault& vault;  // of the letters
  const secrets::FieldKey& key;
  Randomness& randomness;  // safe to share between threads
  const Clock& clock;
  mail::ImapLimits limits{};  // how often a server that cannot tell of new messages is asked, among them
  Pace pace{};
  std::function<void(std::string_view)> log{};
};

struct TakenInNew {
  int letters = 0;
  std::optional<Problem> blemish;  // that a message could not be moved: it was taken in all the same
};
// Takes in everything of the folder that is new, marks or moves it as the settings say. A message is done with before the next
// one is begun, so that whatever is cut goes on where it was. Errors: those of ImapSession.
Task<Result<TakenInNew>> take_in_new(const WatchParts& parts, mail::ImapSession& session, PlaceId town, MailboxSettings settings,
                                     std::optional<Turn> turn = std::nullopt);

// One thread for all mailboxes that are enabled and no other server watches, a coroutine each: signs in, takes in what is new,
// waits until something comes, and begins anew when the line breaks.
class Watcher {
 public:
  explicit Watcher(WatchParts parts);
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  void start();
  // Cuts what is under way; nothing that was taken in is lost. Safe to call twice.
  void stop();
  // The settings of a town are others now. From any thread.
  void changed(const PlaceId& town);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace wujin::mailbox
