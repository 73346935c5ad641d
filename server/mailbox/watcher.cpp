#include "mailbox/watcher.h"

#include <algorithm>
#include <array>
#include <map>
#include <thread>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "base/storage_full.h"
#include "mailbox/intake.h"
#include "mailbox/letters_store.h"

namespace wujin::mailbox {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::size_t listed_at_once = 50;

// What stands in the way of one message's move stands in the way of every one: letters are taken in all the same.
bool is_blemish(const Problem& problem) {
  return problem.code() == ProblemCode::mailbox_cannot_move || problem.code() == ProblemCode::mailbox_no_such_folder;
}

// A file that is being fetched: gone when nobody holds it any more.
class StagedFile {
 public:
  explicit StagedFile(fs::path path) : path_(std::move(path)) {}
  ~StagedFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// One pass over a folder.
class Pass {
 public:
  Pass(const WatchParts& parts, mail::ImapSession& session, PlaceId town, MailboxSettings settings, std::optional<Turn> turn)
      : parts_(parts),
        session_(session),
        town_(std::move(town)),
        settings_(std::move(settings)),
        key_{town_, account_of(*settings_.server), settings_.folder},
        turn_(turn) {}

  Task<Result<TakenInNew>> run() {
    const auto folder = co_await open();
    if (!folder) co_return folder.error();
    const auto find = [&](Snapshot& snapshot) { return next_uid(snapshot, key_, folder->validity); };
    std::uint32_t next = co_await parts_.database.read(std::cref(find));
    while (true) {
      const auto envelopes = co_await session_.envelopes(next, listed_at_once);
      if (!envelopes) co_return envelopes.error();
      bool has_more = false;
      for (const mail::Envelope& envelope : *envelopes) {
        if (envelope.uid < next) continue;  // "n:*" names the last message whatever its number
        const auto taken = co_await take(envelope);
        if (!taken) co_return taken.error();
        next = envelope.uid + 1;
        has_more = true;
        co_await keep_place(folder->validity, next);
      }
      if (!has_more) co_return outcome_;
    }
  }

 private:
  Task<Result<mail::Folder>> open() {
    if (settings_.done == Done::leave) co_return co_await session_.examine(settings_.folder);
    co_return co_await session_.select(settings_.folder);
  }

  Task<Result<>> take(const mail::Envelope& envelope) {
    if (envelope.arrived_at < horizon_of(settings_)) co_return Result<>();
    const auto find = [&](Snapshot& snapshot) { return is_known_mail(snapshot, envelope); };
    const bool is_taken_in = co_await parts_.database.read(std::cref(find));
    if (!is_taken_in) {
      const auto fetched = co_await fetch(envelope);
      if (!fetched) co_return fetched.error();
      if (!*fetched) co_return Result<>();
    }
    co_return co_await finish(envelope.uid);
  }

  bool is_known_mail(Snapshot& snapshot, const mail::Envelope& envelope) const {
    if (envelope.message_id.empty()) return false;
    return is_known(snapshot, town_, kept_text(envelope.message_id, 998), envelope.arrived_at,
                    static_cast<std::int64_t>(envelope.bytes));
  }

  // False when the message went meanwhile.
  Task<Result<bool>> fetch(const mail::Envelope& envelope) {
    const StagedFile file(parts_.vault.staging() / ("mail-" + Uuid::random(parts_.randomness).to_string()));
    const auto size = co_await session_.fetch(envelope.uid, file.path());
    const ArrivedMail mail{town_, envelope, parts_.clock.now()};
    if (!size) {
      const Problem problem = size.error();
      if (problem.code() == ProblemCode::mailbox_message_gone) co_return false;
      if (problem.code() != ProblemCode::too_large) co_return problem;
      const auto tell = [&](Transaction& transaction) -> Result<TakenIn> {
        return noted(transaction, mail, take_in_unfetched(transaction, parts_.randomness, mail));
      };
      const auto told = co_await parts_.database.write(std::cref(tell));
      if (!told) co_return told.error();
      co_return true;
    }
    const MailFacts facts = facts_of_mail(file.path());
    parts_.vault.adopt(file.path(), facts.raw);
    const auto keep = [&](Transaction& transaction) -> Result<TakenIn> {
      return noted(transaction, mail, take_in(transaction, parts_.queue, parts_.randomness, mail, facts));
    };
    const auto kept = co_await parts_.database.write(std::cref(keep));
    if (!kept) co_return kept.error();
    if (kept->is_new) ++outcome_.letters;
    co_return true;
  }

  TakenIn noted(Transaction& transaction, const ArrivedMail& mail, TakenIn taken) const {
    if (taken.is_new) note_letter(transaction, town_, mail.fetched_at);
    return taken;
  }

  // Only what the settings ask for; one that went meanwhile needs nothing.
  Task<Result<>> finish(std::uint32_t uid) {
    if (settings_.done == Done::leave) co_return Result<>();
    Result<> done;
    if (settings_.done == Done::mark_seen) {
      done = co_await session_.mark_seen(uid);
    } else {
      done = co_await session_.move(uid, settings_.done_folder.value_or(""));
    }
    if (done) co_return done;
    const Problem problem = done.error();
    if (is_blemish(problem)) outcome_.blemish = problem;
    if (is_blemish(problem) || problem.code() == ProblemCode::mailbox_message_gone) co_return Result<>();
    co_return problem;
  }

  Task<> keep_place(std::uint32_t validity, std::uint32_t next) {
    const auto keep = [&](Transaction& transaction) -> Result<> {
      keep_next_uid(transaction, key_, validity, next);
      if (turn_) take_turn(transaction, town_, *turn_, parts_.clock.now());
      return {};
    };
    (void)co_await parts_.database.write(std::cref(keep));
  }

  const WatchParts& parts_;
  mail::ImapSession& session_;
  const PlaceId town_;
  const MailboxSettings settings_;
  const FolderKey key_;
  const std::optional<Turn> turn_;
  TakenInNew outcome_;
};

// How long to wait before the next attempt: doubles, and never all at the same moment.
class Backoff {
 public:
  Backoff(const Pace& pace, Randomness& randomness) : pace_(pace), randomness_(randomness), wait_(pace.first_wait) {}

  void reset() { wait_ = pace_.first_wait; }
  std::chrono::milliseconds next(const Problem& problem) {
    // Providers lock an account that is refused again and again.
    if (problem.code() == ProblemCode::mailbox_login_refused) return pace_.longest_wait;
    const auto whole = wait_;
    wait_ = std::min(wait_ * 2, pace_.longest_wait);
    std::array<std::byte, 1> dice{};
    randomness_.fill(dice);
    return whole / 2 + whole * std::to_integer<int>(dice[0]) / 512;
  }

 private:
  const Pace& pace_;
  Randomness& randomness_;
  std::chrono::milliseconds wait_;
};

Task<> wait(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(time);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

Task<Result<TakenInNew>> take_in_new(const WatchParts& parts, mail::ImapSession& session, PlaceId town, MailboxSettings settings,
                                     std::optional<Turn> turn) {
  Pass pass(parts, session, std::move(town), std::move(settings), turn);
  co_return co_await pass.run();
}

class Watcher::Work {
 public:
  explicit Work(WatchParts parts) : parts_(std::move(parts)), turn_{Uuid::random(parts_.randomness), parts_.pace.turn} {}

  void start() {
    for (const auto& [town, version] : parts_.database.read_now(mailbox_versions)) spawn(town);
    const auto ended = [](const std::exception_ptr&) {};
    asio::co_spawn(context_, follow(), asio::bind_cancellation_slot(following_.slot(), ended));
    thread_ = std::thread([this] { context_.run(); });
  }

  void stop() {
    if (!thread_.joinable()) return;
    asio::post(context_, [this] {
      is_stopping_ = true;
      guard_.reset();
      following_.emit(asio::cancellation_type::terminal);
      for (auto& [town, watch] : watches_) watch->cancel.emit(asio::cancellation_type::terminal);
    });
    thread_.join();
    give_back();
  }

  void changed(const PlaceId& town) {
    asio::post(context_, [this, town] {
      if (is_stopping_) return;
      const auto found = watches_.find(town);
      if (found == watches_.end()) return spawn(town);
      found->second->is_wanted_again = true;
      found->second->cancel.emit(asio::cancellation_type::terminal);
    });
  }

 private:
  struct Watch {
    asio::cancellation_signal cancel;
    bool is_wanted_again = false;
  };

  void spawn(const PlaceId& town, std::chrono::milliseconds delay = {}) {
    auto watch = std::make_unique<Watch>();
    const auto slot = watch->cancel.slot();
    watches_[town] = std::move(watch);
    const auto ended = [this, town](const std::exception_ptr& failure) { end(town, failure != nullptr); };
    asio::co_spawn(context_, keep_watching(town, delay), asio::bind_cancellation_slot(slot, ended));
  }

  // Runs within the handler of its own coroutine: the watch goes afterwards, and the next one is another.
  void end(const PlaceId& town, bool has_failed) {
    asio::post(context_, [this, town, has_failed] {
      const bool is_wanted_again = watches_.at(town)->is_wanted_again;
      watches_.erase(town);
      if (is_stopping_) return;
      if (is_wanted_again) return spawn(town);
      if (has_failed) spawn(town, parts_.pace.longest_wait);  // the database does not answer: a broken world, for now
    });
  }

  // What another process on the same database entered or changed is found by the versions there.
  Task<> follow() {
    while (true) {
      co_await wait(parts_.pace.standby);
      for (const auto& [town, version] : co_await versions()) {
        if (version != versions_[town]) changed(town);
      }
    }
  }

  Task<std::map<PlaceId, std::int64_t>> versions() {
    try {
      co_return co_await parts_.database.read(mailbox_versions);
    } catch (const boost::system::system_error& error) {
      if (error.code() == asio::error::operation_aborted) throw;
      if (parts_.log) parts_.log(error.what());
    } catch (const std::exception& error) {
      if (parts_.log) parts_.log(error.what());
    }
    co_return std::map<PlaceId, std::int64_t>();
  }

  // Until the mailbox is switched off, its settings are changed or the program stops.
  Task<> keep_watching(PlaceId town, std::chrono::milliseconds delay) {
    if (delay.count() > 0) co_await wait(delay);
    Backoff backoff(parts_.pace, parts_.randomness);
    bool stands_by = false;
    while (true) {
      const auto find = [&](Snapshot& snapshot) { return read_mailbox(snapshot, town); };
      const KeptMailbox kept = co_await parts_.database.read(std::cref(find));
      versions_[town] = kept.version;
      if (!kept.settings.enabled || !kept.settings.server) co_return;
      const bool is_ours = co_await take_turn_at(town);
      if (!is_ours) {
        if (!std::exchange(stands_by, true)) log(town, "another server watches it");
        co_await wait(parts_.pace.standby);
        continue;
      }
      stands_by = false;
      const auto served = co_await serve(town, kept, backoff);
      if (served) continue;
      const Problem problem = served.error();
      co_await tell(town, problem);
      co_await wait(backoff.next(problem));
    }
  }

  // A connection as long as it lasts; ends well when the settings are no longer those it was made with.
  Task<Result<>> serve(const PlaceId& town, const KeptMailbox& kept, Backoff& backoff) {
    try {
      co_return co_await serve_session(town, kept, backoff);
    } catch (const StorageFull&) {
      co_return Problem(ProblemCode::storage_full);
    } catch (const boost::system::system_error& error) {
      if (error.code() == asio::error::operation_aborted) throw;
      co_return Problem(ProblemCode::mailbox_dropped).because(error.what());
    } catch (const std::exception& error) {
      co_return Problem(ProblemCode::internal).because(error.what());
    }
  }

  Task<Result<>> serve_session(const PlaceId& town, const KeptMailbox& kept, Backoff& backoff) {
    const auto server = server_of(*kept.settings.server, parts_.key, town);
    if (!server) co_return Problem(ProblemCode::mailbox_login_refused).because("the password does not open");
    auto session = co_await mail::ImapSession::open(*server, parts_.limits);
    if (!session) co_return session.error();
    std::optional<Problem> blemish;
    while (true) {
      const auto taken = co_await take_in_new(parts_, **session, town, kept.settings, turn_);
      if (!taken) co_return taken.error();
      backoff.reset();
      if (taken->blemish) blemish = taken->blemish;
      const bool is_current = co_await note_looked_at(town, kept.version, blemish);
      if (!is_current) {
        co_await (*session)->log_out();
        co_return Result<>();
      }
      const auto idled = co_await (*session)->idle(parts_.pace.idle);
      if (!idled) co_return idled.error();
    }
  }

  Task<bool> take_turn_at(const PlaceId& town) {
    const auto write = [&](Transaction& transaction) -> Result<bool> {
      return take_turn(transaction, town, turn_, parts_.clock.now());
    };
    const auto is_ours = co_await parts_.database.write(std::cref(write));
    co_return is_ours&&* is_ours;
  }

  // So that another server need not wait for the end of it. A database that is gone gives nothing back: it ends by itself.
  void give_back() noexcept {
    try {
      (void)parts_.database.write_now([&](Transaction& transaction) -> Result<> {
        give_turns_back(transaction, turn_.watcher);
        return {};
      });
    } catch (const std::exception& error) {
      if (parts_.log) parts_.log(error.what());
    }
  }

  // Whether it is still this server's turn, and the settings those of `version`: another process may have changed them.
  Task<bool> note_looked_at(const PlaceId& town, std::int64_t version, const std::optional<Problem>& blemish) {
    const auto write = [&](Transaction& transaction) -> Result<bool> {
      if (!take_turn(transaction, town, turn_, parts_.clock.now())) return false;
      note_looked(transaction, town, parts_.clock.now());
      if (blemish) note_problem(transaction, town, *blemish);
      return read_mailbox(transaction, town).version == version;
    };
    const auto is_current = co_await parts_.database.write(std::cref(write));
    co_return is_current&&* is_current;
  }

  void log(const PlaceId& town, const std::string& words) const {
    if (parts_.log) parts_.log("mailbox of " + town.text() + ": " + words);
  }

  Task<> tell(const PlaceId& town, const Problem& problem) {
    log(town, std::string(slug(problem.code())) + " " + problem.cause());
    const auto write = [&](Transaction& transaction) -> Result<> {
      note_problem(transaction, town, problem);
      return {};
    };
    (void)co_await parts_.database.write(std::cref(write));
  }

  const WatchParts parts_;
  const Turn turn_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_ = asio::make_work_guard(context_);
  std::map<PlaceId, std::unique_ptr<Watch>> watches_;
  std::map<PlaceId, std::int64_t> versions_;  // that each watch was begun with
  asio::cancellation_signal following_;
  bool is_stopping_ = false;
  std::thread thread_;
};

Watcher::Watcher(WatchParts parts) : work_(std::make_unique<Work>(std::move(parts))) {}
Watcher::~Watcher() { stop(); }
void Watcher::start() { work_->start(); }
void Watcher::stop() { work_->stop(); }
void Watcher::changed(const PlaceId& town) { work_->changed(town); }

}  // namespace wujin::mailbox
