#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "audit/trail.h"
#include "base/text.h"
#include "files/vault.h"
#include "images/render.h"
#include "images/scene.h"
#include "jobs/queue.h"
#include "jobs/workers.h"
#include "photos/drawing.h"
#include "photos/photos_actions.h"
#include "photos/photos_store.h"
#include "tests/database/engines.h"
#include "uploads/uploads.h"

namespace wujin::photos::test {

// Records that show pictures, each readable and writable by whoever is named.
class KnownOwners final : public Owners {
 public:
  struct Known {
    std::string title;
    std::set<Uuid> readers;
    std::set<Uuid> writers;
  };
  std::map<Uuid, Known> known;
  mutable std::vector<Uuid> touched;

  std::vector<OwnerFacts> describe(Snapshot&, const people::Actor& actor, std::span<const Uuid> owners) const override {
    std::vector<OwnerFacts> found;
    for (const auto& owner : owners) {
      const auto one = known.find(owner);
      if (one == known.end() || !one->second.readers.contains(actor.account.uuid())) continue;
      found.push_back({owner, people::PlaceId("500118112200"), "泸永桥村", one->second.title, parse_date("2023-10-20").value()});
    }
    return found;
  }
  bool may_write(Snapshot&, const people::Actor& actor, const Uuid& owner) const override {
    const auto one = known.find(owner);
    return one != known.end() && one->second.writers.contains(actor.account.uuid());
  }
  std::string touch(Transaction&, const Uuid& owner, Instant) const override {
    touched.push_back(owner);
    return "500118112";
  }
};

// A database of each engine, a vault, and two people of two villages.
class PhotosTest : public wujin::test::StoreTest {
 protected:
  PhotosTest()
      : StoreTest({audit::migrations(), jobs::migrations(), uploads::migrations(), photos::migrations()}),
        vault_(files::open_disk_vault(folder_.path() / "vault")) {
    people::Grant grant{people::Role::village, people::PlaceId("500118112200")};
    village.account = Id<people::Account>::random(randomness());
    village.grants = {grant};
    other.account = Id<people::Account>::random(randomness());
    other.grants = {{people::Role::village, people::PlaceId("500118112201")}};
  }

  Uuid new_owner(const people::Actor& actor, std::string title = "院坝宣传") {
    const auto owner = Uuid::random(randomness());
    owners.known[owner] = {std::move(title), {actor.account.uuid()}, {actor.account.uuid()}};
    return owner;
  }
  static std::string picture(std::uint64_t seed) {
    return images::draw_scene(images::Scene::yard, seed, parse_instant("2023-10-20T10:00:00+08:00").value());
  }
  Claim claim_of(const Id<Photo>& id, const std::string& file) {
    Claim claim;
    claim.id = id;
    claim.bytes = static_cast<std::int64_t>(file.size());
    claim.sha256 = to_hex(vault().store(file).sha256);
    return claim;
  }
  Result<> claims(const people::Actor& actor, const Uuid& owner, const std::vector<Claim>& wanted,
                  const std::string& campaign = "baofeng-2023") {
    return database().write_now(
        [&](Transaction& transaction) { return claim(transaction, actor, owner, campaign, wanted, clock().now()); });
  }
  Result<> receives(const people::Actor& actor, const Id<Photo>& id, const std::string& file) {
    const auto facts = vault().store(file);
    return database().write_now([&](Transaction& transaction) {
      const House house{queue_, vault(), owners};
      return receive(transaction, house, actor.account.uuid(), id, facts, clock().now());
    });
  }
  std::optional<Photo> photo(const Id<Photo>& id) {
    return database().read_now([&](Snapshot& snapshot) { return find(snapshot, id); });
  }
  JobParts parts() { return {database(), queue_, vault(), owners, likenesses, clock()}; }
  int run_jobs() {
    jobs::WorkerOptions options;
    jobs::Workers workers(database(), queue_, clock(), randomness(), options, [](std::string_view) {});
    add_jobs(workers, parts());
    return workers.run_due();
  }
  Id<Photo> new_id() { return Id<Photo>::random(randomness()); }
  files::Vault& vault() { return *vault_; }

  people::Actor village;
  people::Actor other;
  KnownOwners owners;
  Likenesses likenesses;
  jobs::Queue queue_{clock()};

 private:
  wujin::test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> vault_;
};

}  // namespace wujin::photos::test
