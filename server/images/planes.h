#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// A picture as a JPEG holds it. Private to images.
namespace wujin::images {

// Samples of 8 bits, row by row without gaps.
struct Plane {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> samples;

  const std::uint8_t* row(int y) const { return samples.data() + static_cast<std::ptrdiff_t>(y) * width; }
};

// Y, Cb and Cr of JFIF (ITU-R BT.601, full range). Each sample of colour stands for 2 × 2 of brightness, fewer at the right and
// below.
struct Planes {
  Plane luma;
  Plane blue;
  Plane red;
};

// How many samples of colour a side of so much brightness has.
constexpr int colour_side(int luma_side) { return (luma_side + 1) / 2; }

// What a side becomes when the longest one is brought down to `longest`; nothing grows.
int shortened_side(int side, int longest_of_all, int longest);

// Its longer side brought down to `longest`.
Planes shortened(const Planes& planes, int longest);

// Upright, when it was stored under EXIF's `orientation` (1 to 8).
Planes turned(const Planes& planes, int orientation);

// `pixels` are width × height × 3 bytes of RGB.
Planes planes_of(std::span<const std::uint8_t> pixels, int width, int height);

// The way back: width × height × 3 bytes.
std::vector<std::uint8_t> rgb_of(const Planes& planes);

}  // namespace wujin::images
