#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace wujin {

class Randomness;

// 16 bytes as RFC 9562 orders them; written in lower-case 8-4-4-4-12.
class Uuid {
 public:
  using Bytes = std::array<std::byte, 16>;

  Uuid() = default;  // the nil UUID
  explicit Uuid(Bytes bytes) : bytes_(bytes) {}

  // Accepts upper and lower case, exactly 36 characters; nil and wrong shapes are refused.
  static std::optional<Uuid> parse(std::string_view text);
  // Exactly 16 bytes, as a store returns them.
  static std::optional<Uuid> from_bytes(std::span<const std::byte> bytes);
  static Uuid random(Randomness& randomness);  // version 4
  // Version 7, as the apps make them: in the order of their births, which is how the database then finds them laid out.
  static Uuid born(Instant at, Randomness& randomness);

  const Bytes& bytes() const { return bytes_; }
  std::string to_string() const;
  bool is_nil() const { return *this == Uuid(); }
  auto operator<=>(const Uuid&) const = default;

 private:
  Bytes bytes_{};
};

// The id of one kind of record: Id<Activity> never passes for Id<Photo>.
template <class Record>
class Id {
 public:
  Id() = default;
  explicit Id(Uuid uuid) : uuid_(uuid) {}

  static std::optional<Id> parse(std::string_view text) {
    const auto uuid = Uuid::parse(text);
    return uuid ? std::optional(Id(*uuid)) : std::nullopt;
  }
  static Id random(Randomness& randomness) { return Id(Uuid::random(randomness)); }
  static Id born(Instant at, Randomness& randomness) { return Id(Uuid::born(at, randomness)); }

  const Uuid& uuid() const { return uuid_; }
  std::string to_string() const { return uuid_.to_string(); }
  auto operator<=>(const Id&) const = default;

 private:
  Uuid uuid_;
};

// An identifier that is text: a place's code, a campaign's folder name.
template <class Record>
class Key {
 public:
  Key() = default;
  explicit Key(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  auto operator<=>(const Key&) const = default;

 private:
  std::string text_;
};

}  // namespace wujin

template <>
struct std::hash<wujin::Uuid> {
  std::size_t operator()(const wujin::Uuid& uuid) const noexcept;
};
template <class Record>
struct std::hash<wujin::Id<Record>> {
  std::size_t operator()(const wujin::Id<Record>& id) const noexcept { return std::hash<wujin::Uuid>{}(id.uuid()); }
};
template <class Record>
struct std::hash<wujin::Key<Record>> {
  std::size_t operator()(const wujin::Key<Record>& key) const noexcept { return std::hash<std::string>{}(key.text()); }
};
