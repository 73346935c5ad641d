#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/id.h"
#include "database/database.h"
#include "people/actor.h"

namespace wujin::photos {

// What a picture's owner tells of itself to somebody who may read it.
struct OwnerFacts {
  Uuid owner;
  people::PlaceId place;
  std::string place_name;
  std::string title;
  Date date;
};

// The records that show pictures. This room knows them by id only; whoever has them (activities, sites) says who may see and
// change them, and hears when one of their pictures arrived. Borrowed; safe to share between threads.
class Owners {
 public:
  virtual ~Owners() = default;

  // Those the actor may read, in any order; deleted ones are left out.
  virtual std::vector<OwnerFacts> describe(Snapshot& snapshot, const people::Actor& actor,
                                           std::span<const Uuid> owners) const = 0;
  virtual bool may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const = 0;
  // One of its pictures was received or drawn: notes it in the change feed. Answers the owner's town, empty when it is gone.
  virtual std::string touch(Transaction& transaction, const Uuid& owner, Instant now) const = 0;
};

// The owners of several rooms as one. An id belongs to one of them at most.
class OwnersOfRooms final : public Owners {
 public:
  explicit OwnersOfRooms(std::vector<const Owners*> rooms) : rooms_(std::move(rooms)) {}

  std::vector<OwnerFacts> describe(Snapshot& snapshot, const people::Actor& actor, std::span<const Uuid> owners) const override;
  bool may_write(Snapshot& snapshot, const people::Actor& actor, const Uuid& owner) const override;
  std::string touch(Transaction& transaction, const Uuid& owner, Instant now) const override;

 private:
  std::vector<const Owners*> rooms_;
};

}  // namespace wujin::photos
