#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/clock.h"

namespace wujin::http {

class Connection;

// What the connections of one loop thread share; used on that thread only.
class Loop {
 public:
  // The largest piece of a body read at a time.
  static constexpr std::size_t piece_bytes = 256 * 1024;

  Loop(const Clock& clock, std::uint64_t seed) : clock_(clock), seed_(seed) {}

  std::string_view date();  // as the Date header says it; rewritten once a second
  std::string new_request_id();

  using Piece = std::unique_ptr<char[]>;
  Piece borrow_piece();  // piece_bytes long
  void give_back(Piece piece);

  bool is_stopping = false;
  std::unordered_set<Connection*> connections;

 private:
  const Clock& clock_;
  std::uint64_t seed_;
  std::uint64_t requests_ = 0;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::vector<Piece> pieces_;
};

}  // namespace wujin::http
