#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// Making a picture smaller while its rows arrive from a decoder. Private to images.
namespace wujin::images {

// Which pixels of a line one pixel of the shorter line is made of, and how much of each counts (all of them together 1).
struct Taps {
  int first = 0;
  std::vector<float> weights;
};

// A cubic as wide as the shortening needs, the kernel that keeps lettering sharp. `to` is at most `from`.
std::vector<Taps> cubic_taps(int from, int to);

// Takes rows of RGBX, 4 bytes a pixel, from the top, and keeps only what is still needed of them; answers rows of RGB.
class Resampler {
 public:
  Resampler(int from_width, int from_height, int width, int height);

  std::size_t row_bytes() const { return stride_; }  // of a row as it is taken, with what it is rounded up by
  void take_row(const std::uint8_t* rgbx);

  // width × height × 3 bytes once every row was taken.
  std::vector<std::uint8_t>& pixels() { return pixels_; }

 private:
  void write_row(const Taps& down);

  std::size_t from_width_;
  std::size_t stride_;
  int width_;
  std::vector<Taps> across_;
  std::vector<Taps> down_;
  std::size_t window_ = 1;          // rows one row of the result is made of, at most
  std::vector<std::int16_t> rows_;  // a ring of them
  std::vector<std::int16_t> sums_;
  std::vector<float> mixed_;  // one row, shortened downwards only
  std::vector<std::uint8_t> pixels_;
  int taken_ = 0;
  std::size_t written_ = 0;
};

}  // namespace wujin::images
