#include "images/planes.h"

#include <algorithm>

#include "images/resample.h"

namespace wujin::images {
namespace {

Plane shortened(const Plane& plane, int width, int height) {
  Resampler resampler(plane.width, plane.height, width, height);
  for (int y = 0; y < plane.height; ++y) resampler.take_row(plane.row(y));
  return resampler.take();
}

// A mirror and a turn, told as where the first sample goes and how far each step along a row and down a column then leads.
Plane turned(const Plane& plane, int orientation) {
  const bool is_on_its_side = orientation >= 5;
  const bool runs_left = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const bool runs_up = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  Plane upright{is_on_its_side ? plane.height : plane.width, is_on_its_side ? plane.width : plane.height, {}};
  upright.samples.resize(plane.samples.size());
  const std::ptrdiff_t across = runs_left ? -1 : 1;
  const std::ptrdiff_t down = runs_up ? -upright.width : upright.width;
  const std::ptrdiff_t start =
      (runs_left ? upright.width - 1 : 0) + (runs_up ? static_cast<std::ptrdiff_t>(upright.height - 1) * upright.width : 0);
  const std::ptrdiff_t along_row = is_on_its_side ? down : across;
  const std::ptrdiff_t along_column = is_on_its_side ? across : down;
  // Square by square, for a whole row turned into a column would leave the processor's cache at every step.
  constexpr int square = 32;
  for (int top = 0; top < plane.height; top += square) {
    for (int left = 0; left < plane.width; left += square) {
      for (int y = top; y < std::min(top + square, plane.height); ++y) {
        const auto* from = plane.row(y);
        for (int x = left; x < std::min(left + square, plane.width); ++x) {
          upright.samples[static_cast<std::size_t>(start + x * along_row + y * along_column)] = from[x];
        }
      }
    }
  }
  return upright;
}

constexpr int fraction_bits = 16;

constexpr int fixed(double factor) { return static_cast<int>(factor * (1 << fraction_bits) + (factor < 0 ? -0.5 : 0.5)); }

std::uint8_t sample_of(int sum, int share) {
  const int unit = share << fraction_bits;
  return static_cast<std::uint8_t>(std::clamp((sum + unit / 2) / unit, 0, 255));
}

}  // namespace

int shortened_side(int side, int longest_of_all, int longest) {
  if (longest_of_all <= longest) return side;
  return std::max(1, static_cast<int>((static_cast<std::int64_t>(side) * longest * 2 + longest_of_all) / (longest_of_all * 2)));
}

Planes shortened(const Planes& planes, int longest) {
  const int longest_now = std::max(planes.luma.width, planes.luma.height);
  if (longest_now <= longest) return planes;
  const int width = shortened_side(planes.luma.width, longest_now, longest);
  const int height = shortened_side(planes.luma.height, longest_now, longest);
  return {shortened(planes.luma, width, height), shortened(planes.blue, colour_side(width), colour_side(height)),
          shortened(planes.red, colour_side(width), colour_side(height))};
}

Planes turned(const Planes& planes, int orientation) {
  if (orientation <= 1) return planes;
  return {turned(planes.luma, orientation), turned(planes.blue, orientation), turned(planes.red, orientation)};
}

Planes planes_of(std::span<const std::uint8_t> pixels, int width, int height) {
  const auto size = [](int w, int h) { return static_cast<std::size_t>(w) * static_cast<std::size_t>(h); };
  const int colour_width = colour_side(width);
  const int colour_height = colour_side(height);
  Planes planes{{width, height, {}}, {colour_width, colour_height, {}}, {colour_width, colour_height, {}}};
  planes.luma.samples.reserve(size(width, height));
  for (std::size_t at = 0; at < size(width, height) * 3; at += 3) {
    planes.luma.samples.push_back(
        sample_of(fixed(0.299) * pixels[at] + fixed(0.587) * pixels[at + 1] + fixed(0.114) * pixels[at + 2], 1));
  }
  for (Plane* plane : {&planes.blue, &planes.red}) plane->samples.reserve(size(colour_width, colour_height));
  for (int y = 0; y < height; y += 2) {
    for (int x = 0; x < width; x += 2) {
      int red = 0;
      int green = 0;
      int blue = 0;
      int share = 0;
      for (int row = y; row < std::min(y + 2, height); ++row) {
        for (int column = x; column < std::min(x + 2, width); ++column, ++share) {
          const auto* pixel = pixels.data() + (size(row, width) + static_cast<std::size_t>(column)) * 3;
          red += pixel[0];
          green += pixel[1];
          blue += pixel[2];
        }
      }
      const int middle = 128 * (share << fraction_bits);
      planes.blue.samples.push_back(
          sample_of(middle + fixed(-0.168736) * red + fixed(-0.331264) * green + fixed(0.5) * blue, share));
      planes.red.samples.push_back(
          sample_of(middle + fixed(0.5) * red + fixed(-0.418688) * green + fixed(-0.081312) * blue, share));
    }
  }
  return planes;
}

std::vector<std::uint8_t> rgb_of(const Planes& planes) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(planes.luma.samples.size() * 3);
  for (int y = 0; y < planes.luma.height; ++y) {
    const auto* brightness = planes.luma.row(y);
    const auto* blueness = planes.blue.row(y / 2);
    const auto* redness = planes.red.row(y / 2);
    for (int x = 0; x < planes.luma.width; ++x) {
      const int light = brightness[x] << fraction_bits;
      // The nearest sample of colour, not one between: planes_of() then finds the very same again.
      const int blue = blueness[x / 2] - 128;
      const int red = redness[x / 2] - 128;
      pixels.push_back(sample_of(light + fixed(1.402) * red, 1));
      pixels.push_back(sample_of(light + fixed(-0.344136) * blue + fixed(-0.714136) * red, 1));
      pixels.push_back(sample_of(light + fixed(1.772) * blue, 1));
    }
  }
  return pixels;
}

}  // namespace wujin::images
