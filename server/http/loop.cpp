#include "http/loop.h"

#include <fmt/format.h>

#include "http/date.h"

namespace wujin::http {
namespace {

constexpr std::size_t most_kept_pieces = 16;

// SplitMix64's finisher: ids of neighbouring requests look nothing alike.
std::uint64_t scattered(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

}  // namespace

std::string_view Loop::date() {
  const Instant now = clock_.now();
  const std::int64_t second = to_milliseconds(now) / 1000;
  if (second != date_second_) {
    date_second_ = second;
    date_ = http_date(now);
  }
  return date_;
}

std::string Loop::new_request_id() { return fmt::format("{:016x}", scattered(seed_ + 0x9E3779B97F4A7C15ull * ++requests_)); }

Loop::Piece Loop::borrow_piece() {
  if (pieces_.empty()) return std::make_unique_for_overwrite<char[]>(piece_bytes);
  Piece piece = std::move(pieces_.back());
  pieces_.pop_back();
  return piece;
}

void Loop::give_back(Piece piece) {
  if (piece && pieces_.size() < most_kept_pieces) pieces_.push_back(std::move(piece));
}

}  // namespace wujin::http
