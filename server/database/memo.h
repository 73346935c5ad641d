#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>

namespace wujin {

// What was made of rows and is worth keeping between transactions, such as the tree of places. A room keeps it by a name of its
// own, under a stamp that it reads in the same snapshot and that never comes again for other rows, so nothing kept is ever
// stale: not after a rollback, not when another process writes. Belongs to a database; safe to share between threads.
class Memo {
 public:
  template <class T>
  std::shared_ptr<const T> find(const std::string& name, std::string_view stamp) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find({typeid(T), name});
    if (found == kept_.end() || found->second.stamp != stamp) return nullptr;
    used_.splice(used_.begin(), used_, found->second.use);
    return std::static_pointer_cast<const T>(found->second.value);
  }
  // In place of what was kept by the name under another stamp.
  template <class T>
  void keep(const std::string& name, std::string stamp, std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    const Name key(typeid(T), name);
    forget(key);
    if (kept_.size() == most) forget(Name(used_.back()));
    used_.push_front(key);
    kept_.emplace(key, Kept{std::move(stamp), std::move(value), used_.begin()});
  }

 private:
  static constexpr std::size_t most = 2048;
  using Name = std::pair<std::type_index, std::string>;
  struct Kept {
    std::string stamp;
    std::shared_ptr<const void> value;
    std::list<Name>::iterator use;
  };

  void forget(const Name& name) {
    const auto found = kept_.find(name);
    if (found == kept_.end()) return;
    used_.erase(found->second.use);
    kept_.erase(found);
  }

  std::mutex mutex_;
  std::map<Name, Kept> kept_;
  std::list<Name> used_;  // what was asked for last comes first
};

}  // namespace wujin
