#include "audit/sealer.h"

#include <map>

#include <fmt/format.h>

#include "audit/chain.h"
#include "audit/trail_store.h"

namespace wujin::audit {
namespace {

// Small enough that writes waiting behind it on SQLite hardly notice.
constexpr int batch = 500;

std::int64_t seal_batch(Transaction& transaction) {
  if (!is_only_sealer(transaction)) return 0;
  const auto entries = unsealed_entries(transaction, batch);
  std::map<std::string, Head> ends;
  for (const StoredEntry& stored : entries) {
    const std::string& town = stored.entry.town;
    auto end = ends.find(town);
    if (end == ends.end()) end = ends.emplace(town, head_of(transaction, town)).first;
    Head& head = end->second;
    ++head.position;
    head.digest = link_digest(head.digest, head.position, stored);
    save_seal(transaction, stored.number, head);
  }
  for (const auto& [town, head] : ends) save_head(transaction, head);
  return static_cast<std::int64_t>(entries.size());
}

// Walks one chain; a fault is told once and the walk goes on from what is stored.
class ChainWalk {
 public:
  ChainWalk(std::string town, Verification& verification) : town_(std::move(town)), verification_(verification) {}

  void visit(const StoredEntry& stored) {
    ++verification_.sealed;
    const std::int64_t expected = end_.position + 1;
    if (*stored.position != expected) {
      found(expected, fmt::format("missing: after {} comes {}", end_.position, *stored.position));
    } else if (stored.digest != link_digest(end_.digest, *stored.position, stored)) {
      found(expected, fmt::format("entry {} is not what was sealed", stored.number));
    }
    end_ = {town_, *stored.position, stored.digest};
  }

  void finish(const Head& head) {
    if (head.position != end_.position || head.digest != end_.digest)
      found(end_.position, fmt::format("the chain ends at {}, its head stands at {}", end_.position, head.position));
  }

  std::int64_t position() const { return end_.position; }

 private:
  void found(std::int64_t position, std::string what) {
    if (verification_.findings.size() < most_findings) verification_.findings.push_back({town_, position, std::move(what)});
  }

  std::string town_;
  Verification& verification_;
  Head end_;
};

}  // namespace

std::int64_t seal(Database& database) {
  std::int64_t sealed = 0;
  while (database.read_now(has_unsealed)) {
    const auto linked =
        database.write_now([](Transaction& transaction) -> Result<std::int64_t> { return seal_batch(transaction); }).value();
    if (linked == 0) break;
    sealed += linked;
  }
  return sealed;
}

Verification verify(Snapshot& snapshot) {
  Verification verification;
  verification.unsealed = unsealed_count(snapshot);
  std::map<std::string, Head> ends;
  for (const std::string& town : sealed_towns(snapshot)) ends.emplace(town, Head{town, 0, ""});
  for (Head& head : heads(snapshot)) ends[head.town] = head;
  for (const auto& [town, head] : ends) {
    ChainWalk walk(town, verification);
    while (true) {
      const auto entries = sealed_entries(snapshot, town, walk.position(), batch);
      for (const StoredEntry& stored : entries) walk.visit(stored);
      if (entries.size() < static_cast<std::size_t>(batch)) break;
    }
    walk.finish(head);
  }
  return verification;
}

Verified verify_with_heads(Snapshot& snapshot) { return {verify(snapshot), heads(snapshot)}; }

Sealer::Sealer(Database& database, std::function<void(std::string_view)> failed)
    : database_(database), failed_(std::move(failed)), thread_([this] { run(); }) {}

Sealer::~Sealer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ending_.notify_one();
  thread_.join();
}

void Sealer::run() {
  std::unique_lock lock(mutex_);
  while (!ending_.wait_for(lock, std::chrono::milliseconds(800), [this] { return stopping_; })) {
    lock.unlock();
    try {
      seal(database_);
    } catch (const std::exception& failure) {
      failed_(failure.what());
    }
    lock.lock();
  }
}

}  // namespace wujin::audit
