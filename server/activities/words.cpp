#include "activities/words.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace wujin::activities {
namespace {

// A filter of ten bits for each member, four of them set, lets one stranger in a hundred pass.
constexpr std::size_t bits_a_member = 10;
constexpr std::uint64_t bits_set = 4;

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}
std::uint64_t number_of(char32_t character) { return mixed(character + 1U); }
std::uint64_t number_of(char32_t first, char32_t second) { return mixed((std::uint64_t{first} << 32U) + second + 1U); }

// A record keeps sixteen bits of each pair.
std::uint16_t short_number(std::uint64_t number) { return static_cast<std::uint16_t>(number >> 48U); }

// One character of UTF-8, taken off. Letters of ASCII count as small ones: one engine finds them either way.
char32_t take_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
  char32_t character = lead < 0x80U ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(std::min(length, text.size()));
  return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
}

struct Numbers {
  std::vector<std::uint64_t> characters;
  std::vector<std::uint64_t> pairs;
};

void add_numbers(Numbers& numbers, std::string_view text) {
  std::optional<char32_t> before;
  while (!text.empty()) {
    const char32_t character = take_character(text);
    numbers.characters.push_back(number_of(character));
    if (before) numbers.pairs.push_back(number_of(*before, character));
    before = character;
  }
}

template <class Number>
void make_unique(std::vector<Number>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

std::vector<std::uint16_t> short_numbers(const std::vector<std::uint64_t>& pairs) {
  std::vector<std::uint16_t> numbers;
  numbers.reserve(pairs.size());
  for (const std::uint64_t pair : pairs) numbers.push_back(short_number(pair));
  make_unique(numbers);
  return numbers;
}

// The bits of a filter that stand for a number.
std::size_t bit_of(std::uint64_t number, std::uint64_t turn, std::size_t bits) {
  const std::uint64_t step = (number >> 32U) | 1U;
  return static_cast<std::size_t>((number + turn * step) % bits);
}

template <class T>
void append(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}
std::span<const std::byte> take(std::span<const std::byte>& bytes, std::size_t count) {
  if (count > bytes.size()) throw std::runtime_error("activities: gathered words are broken");
  const auto taken = bytes.first(count);
  bytes = bytes.subspan(count);
  return taken;
}
template <class T>
T take(std::span<const std::byte>& bytes) {
  T value;
  std::memcpy(&value, take(bytes, sizeof value).data(), sizeof value);
  return value;
}

bool holds(std::span<const std::byte> numbers, std::uint16_t sought) {
  bool found = false;
  for (std::size_t at = 0; at < numbers.size(); at += sizeof sought) {
    std::uint16_t number;
    std::memcpy(&number, numbers.data() + at, sizeof number);
    found |= number == sought;
  }
  return found;
}

}  // namespace

void WordGatherer::add(Instant held_at, std::initializer_list<std::string_view> texts) {
  Numbers numbers;
  for (const std::string_view text : texts) add_numbers(numbers, text);
  all_.insert(all_.end(), numbers.characters.begin(), numbers.characters.end());
  all_.insert(all_.end(), numbers.pairs.begin(), numbers.pairs.end());
  const auto pairs = short_numbers(numbers.pairs);
  append(records_, to_milliseconds(held_at));
  append(records_, static_cast<std::uint32_t>(pairs.size()));
  for (const std::uint16_t pair : pairs) append(records_, pair);
}

WordBlock WordGatherer::finish(const Stretch& stretch) const {
  auto members = all_;
  make_unique(members);
  const std::size_t bytes = members.size() * bits_a_member / 8 + 1;
  std::string filter(bytes, '\0');
  for (const std::uint64_t member : members) {
    for (std::uint64_t turn = 0; turn < bits_set; ++turn) {
      const std::size_t bit = bit_of(member, turn, bytes * 8);
      filter[bit / 8] = static_cast<char>(static_cast<unsigned char>(filter[bit / 8]) | (1U << (bit % 8)));
    }
  }
  return {stretch, std::move(filter), records_};
}

SoughtWords::SoughtWords(std::string_view words) {
  Numbers numbers;
  add_numbers(numbers, words);
  all_ = std::move(numbers.characters);
  all_.insert(all_.end(), numbers.pairs.begin(), numbers.pairs.end());
  make_unique(all_);
  pairs_ = short_numbers(numbers.pairs);
}

bool SoughtWords::may_be_in(std::span<const std::byte> filter) const {
  const auto is_set = [&](std::uint64_t number) {
    for (std::uint64_t turn = 0; turn < bits_set; ++turn) {
      const std::size_t bit = bit_of(number, turn, filter.size() * 8);
      if ((std::to_integer<unsigned>(filter[bit / 8]) & (1U << (bit % 8))) == 0) return false;
    }
    return true;
  };
  return !filter.empty() && std::ranges::all_of(all_, is_set);
}

std::optional<std::vector<Instant>> SoughtWords::moments_in(std::span<const std::byte> records) const {
  // Beyond this share of them, to read all costs less.
  constexpr std::size_t one_in = 6;
  if (pairs_.empty()) return std::nullopt;
  std::vector<Instant> moments;
  std::size_t known = 0;
  while (!records.empty()) {
    const Instant held_at = from_milliseconds(take<std::int64_t>(records));
    const auto count = take<std::uint32_t>(records);
    const auto pairs = take(records, count * sizeof(std::uint16_t));
    ++known;
    const bool may_hold_them = std::ranges::all_of(pairs_, [&](std::uint16_t sought) { return holds(pairs, sought); });
    if (may_hold_them && (moments.empty() || moments.back() != held_at)) moments.push_back(held_at);
  }
  if (moments.size() * one_in > known) return std::nullopt;
  return moments;
}

}  // namespace wujin::activities
