#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "images/planes.h"

// Giving a plane another size while its rows arrive from a decoder. Private to images.
namespace wujin::images {

// Which samples of a line one sample of the other line is made of, and how much of each counts (all of them together 1).
struct Taps {
  int first = 0;
  std::vector<float> weights;
};

// A cubic as wide as the shortening needs, the kernel that keeps lettering sharp.
std::vector<Taps> cubic_taps(int from, int to);

// Takes the rows of a plane from the top and keeps only what is still needed of them. As long as both sides are to become half
// as long or shorter, the mean of 2 × 2 samples takes their place, which costs a fifth of the cubic and looks the same; the
// cubic does the rest.
class Resampler {
 public:
  Resampler(int from_width, int from_height, int width, int height);

  void take_row(const std::uint8_t* samples) { take_row_at(0, samples); }

  // Once every row was taken.
  Plane take();

 private:
  // One of the halvings: what it makes of two rows of `width`.
  struct Halving {
    int width = 0;
    int height = 0;
    int taken = 0;
    std::vector<std::uint8_t> upper;  // the row that waits for the one below it
    std::vector<std::uint8_t> halved;
  };

  void take_row_at(std::size_t level, const std::uint8_t* samples);
  void interpolate(const std::uint8_t* samples);
  void mix(const Taps& down);
  void write_mixed();

  // So many rows of the result are interpolated across at once: what fits one register.
  static constexpr std::size_t together = 4;

  std::vector<Halving> halvings_;
  std::size_t width_ = 0;   // of the rows that the cubic takes
  std::size_t stride_ = 0;  // the same, rounded up
  std::vector<Taps> across_;
  std::vector<Taps> down_;
  std::size_t window_ = 1;          // rows one row of the result is made of, at most
  std::vector<std::int16_t> rows_;  // a ring of them
  std::vector<std::int16_t> sums_;
  std::vector<float> mixed_;  // `together` rows, shortened downwards only, sample by sample beside each other
  std::size_t waiting_ = 0;   // of them
  std::size_t taken_ = 0;
  std::size_t mixed_rows_ = 0;
  std::size_t written_ = 0;
  Plane result_;
};

}  // namespace wujin::images
