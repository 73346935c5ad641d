#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <typeindex>
#include <utility>

namespace wujin {

// What was made of rows and is worth keeping between transactions, such as the tree of places. A room keeps it under a stamp
// that it reads in the same snapshot and that never comes again for other rows, so nothing kept is ever stale: not after a
// rollback, not when another process writes. Belongs to a database; safe to share between threads.
class Memo {
 public:
  template <class T>
  std::shared_ptr<const T> find(const std::string& stamp) const {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find({typeid(T), stamp});
    return found == kept_.end() ? nullptr : std::static_pointer_cast<const T>(found->second);
  }
  template <class T>
  void keep(const std::string& stamp, std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    // What is worth keeping has few stamps at a time; those passed over are dropped with the rest.
    if (kept_.size() >= most) kept_.clear();
    kept_.insert_or_assign({typeid(T), stamp}, std::move(value));
  }

 private:
  static constexpr std::size_t most = 64;
  mutable std::mutex mutex_;
  std::map<std::pair<std::type_index, std::string>, std::shared_ptr<const void>> kept_;
};

}  // namespace wujin
