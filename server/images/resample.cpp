#include "images/resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace wujin::images {
namespace {

constexpr std::size_t channels = 4;

double cubic(double x) {
  constexpr double a = -0.5;  // Catmull and Rom
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return ((x - 5) * x + 8) * x * a - 4 * a;
  return 0;
}

// Downwards, samples are kept with 7 more bits and multiplied by 15 bits of weight into the upper half of 32, which every
// processor does for eight at once; a product then has 6 more bits than a sample and was rounded down, by half a unit in the
// mean.
constexpr int kept_bits = 7;
constexpr int weight_bits = 15;
constexpr float unit = 1 << (kept_bits + weight_bits - 16);

// So many at a time that the compiler needs no loop for what is left over.
constexpr std::size_t block = 32;

std::int16_t fixed(float weight) {
  constexpr long most = (1 << weight_bits) - 1;
  return static_cast<std::int16_t>(std::min(std::lround(weight * (1 << weight_bits)), most));
}

void keep(std::int16_t* __restrict to, const std::uint8_t* __restrict from, std::size_t count) {
  for (std::size_t at = 0; at < count; at += block, to += block, from += block) {
    for (std::size_t i = 0; i < block; ++i) to[i] = static_cast<std::int16_t>(from[i] << kept_bits);
  }
}

void add_scaled(std::int16_t* __restrict sums, const std::int16_t* __restrict row, std::int16_t weight, std::size_t count) {
  for (std::size_t at = 0; at < count; at += block, sums += block, row += block) {
    for (std::size_t i = 0; i < block; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + (std::int32_t{row[i]} * weight >> 16));
  }
}

void widen(float* __restrict to, const std::int16_t* __restrict sums, std::size_t count) {
  for (std::size_t at = 0; at < count; at += block, to += block, sums += block) {
    for (std::size_t i = 0; i < block; ++i) to[i] = sums[i];
  }
}

// One register on every processor this runs on.
using Pixel = float __attribute__((vector_size(16)));

using Whole = std::int32_t __attribute__((vector_size(16)));

// The cubic swings beyond black and white.
Whole to_samples(Pixel sum) {
  constexpr Pixel black = {};
  constexpr Pixel white = {255, 255, 255, 255};
  sum = sum * (1 / unit) + 0.5F;
  sum = sum > black ? sum : black;
  sum = sum < white ? sum : white;
  return __builtin_convertvector(sum, Whole);
}

Pixel pixel_at(const float* from) {
  Pixel pixel;
  std::memcpy(&pixel, from, sizeof pixel);
  return pixel;
}

}  // namespace

std::vector<Taps> cubic_taps(int from, int to) {
  const double scale = static_cast<double>(from) / to;
  std::vector<Taps> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    Taps& taps = all[static_cast<std::size_t>(i)];
    const double middle = (i + 0.5) * scale - 0.5;
    const int first = std::max(0, static_cast<int>(std::ceil(middle - 2 * scale)));
    const int last = std::min(from - 1, static_cast<int>(std::floor(middle + 2 * scale)));
    std::vector<double> exact;
    double total = 0;
    for (int at = first; at <= last; ++at) {
      exact.push_back(cubic((at - middle) / scale));
      total += exact.back();
    }
    taps.first = first;
    for (const double weight : exact) taps.weights.push_back(static_cast<float>(weight / total));
  }
  return all;
}

Resampler::Resampler(int from_width, int from_height, int width, int height)
    : from_width_(static_cast<std::size_t>(from_width)),
      stride_((from_width_ * channels + block - 1) / block * block),
      width_(width),
      across_(cubic_taps(from_width, width)),
      down_(cubic_taps(from_height, height)),
      sums_(stride_),
      mixed_(stride_),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) {
  for (const Taps& taps : down_) window_ = std::max(window_, taps.weights.size());
  rows_.resize(window_ * stride_);
}

void Resampler::take_row(const std::uint8_t* rgbx) {
  keep(rows_.data() + static_cast<std::size_t>(taken_) % window_ * stride_, rgbx, stride_);
  ++taken_;
  while (written_ < down_.size() && down_[written_].first + static_cast<int>(down_[written_].weights.size()) <= taken_) {
    write_row(down_[written_]);
    ++written_;
  }
}

void Resampler::write_row(const Taps& down) {
  std::ranges::fill(sums_, static_cast<std::int16_t>(down.weights.size() / 2));
  for (std::size_t i = 0; i < down.weights.size(); ++i) {
    const auto row = (static_cast<std::size_t>(down.first) + i) % window_;
    add_scaled(sums_.data(), rows_.data() + row * stride_, fixed(down.weights[i]), stride_);
  }
  widen(mixed_.data(), sums_.data(), stride_);
  auto* to = pixels_.data() + written_ * static_cast<std::size_t>(width_) * 3;
  for (const Taps& taps : across_) {
    Pixel sum = {};
    const auto* from = mixed_.data() + static_cast<std::size_t>(taps.first) * channels;
    for (const float weight : taps.weights) {
      sum += pixel_at(from) * weight;
      from += channels;
    }
    const Whole whole = to_samples(sum);
    for (int band = 0; band < 3; ++band) *to++ = static_cast<std::uint8_t>(whole[band]);
  }
}

}  // namespace wujin::images
