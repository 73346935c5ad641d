#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

// Which records may hold the words that are looked for, told without reading them: from the characters and pairs of characters
// in each. What is told may be wrong in one way only: a record that is named need not hold them. Pure.
namespace wujin::activities {

// Moments from the first, up to but not with the second.
struct Stretch {
  Instant from;
  Instant until;
  bool operator==(const Stretch&) const = default;
};
inline constexpr Stretch always{Instant::min(), Instant::max()};

// What is kept of the records of one stretch.
struct WordBlock {
  Stretch stretch;
  std::string filter;   // of every character and pair in it
  std::string records;  // the pairs of each, by its moment
};

class WordGatherer {
 public:
  // A record's texts; records come by their moments.
  void add(Instant held_at, std::initializer_list<std::string_view> texts);
  WordBlock finish(const Stretch& stretch) const;

 private:
  std::vector<std::uint64_t> all_;
  std::string records_;
};

class SoughtWords {
 public:
  explicit SoughtWords(std::string_view words);

  bool may_be_in(std::span<const std::byte> filter) const;
  // The moments of those records that may hold them, each once; nothing when that is no use, as most of them may.
  std::optional<std::vector<Instant>> moments_in(std::span<const std::byte> records) const;

 private:
  std::vector<std::uint64_t> all_;
  std::vector<std::uint16_t> pairs_;  // as records keep them
};

}  // namespace wujin::activities
