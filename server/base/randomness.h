#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wujin {

// Where random bytes come from; passed in, so that tests and the sample town are repeatable.
class Randomness {
 public:
  virtual ~Randomness() = default;
  virtual void fill(std::span<std::byte> bytes) = 0;
};

// The kernel's; fit for tokens and keys. Safe to share between threads.
class SystemRandomness final : public Randomness {
 public:
  void fill(std::span<std::byte> bytes) override;
};

// The same bytes from the same seed; never for secrets. Not safe to share between threads.
class SeededRandomness final : public Randomness {
 public:
  explicit SeededRandomness(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::byte> bytes) override;
  // Evenly spread in [0, below); `below` must be positive.
  std::uint64_t below(std::uint64_t below);

 private:
  std::uint64_t next();
  std::uint64_t state_;
};

}  // namespace wujin
