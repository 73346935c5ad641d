#include "images/resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace wujin::images {
namespace {

double cubic(double x) {
  constexpr double a = -0.5;  // Catmull and Rom
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return ((x - 5) * x + 8) * x * a - 4 * a;
  return 0;
}

// Downwards, samples are kept with 7 more bits and multiplied by 14 bits of weight into the upper half of 32, which every
// processor does for eight at once; a product then has 5 more bits than a sample and was rounded down, by half a unit in the
// mean.
constexpr int kept_bits = 7;
constexpr int weight_bits = 14;
constexpr float unit = 1 << (kept_bits + weight_bits - 16);

// So many at a time that the compiler needs no loop for what is left over.
constexpr std::size_t block = 32;

std::int16_t fixed(float weight) { return static_cast<std::int16_t>(std::lround(weight * (1 << weight_bits))); }

void keep(std::int16_t* __restrict to, const std::uint8_t* __restrict from, std::size_t count) {
  for (; count >= block; count -= block, to += block, from += block) {
    for (std::size_t i = 0; i < block; ++i) to[i] = static_cast<std::int16_t>(from[i] << kept_bits);
  }
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<std::int16_t>(from[i] << kept_bits);
}

void add_scaled(std::int16_t* __restrict sums, const std::int16_t* __restrict row, std::int16_t weight, std::size_t count) {
  for (std::size_t at = 0; at < count; at += block, sums += block, row += block) {
    for (std::size_t i = 0; i < block; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + (std::int32_t{row[i]} * weight >> 16));
  }
}

// The mean of the samples two by two of two rows; what stands alone at the right counts twice.
void halve(std::uint8_t* __restrict to, const std::uint8_t* __restrict upper, const std::uint8_t* __restrict lower, int width) {
  const auto pairs = static_cast<std::size_t>(width / 2);
  for (std::size_t x = 0; x < pairs; ++x) {
    to[x] = static_cast<std::uint8_t>((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
  }
  if (width % 2 != 0) to[pairs] = static_cast<std::uint8_t>((upper[2 * pairs] + lower[2 * pairs] + 1) / 2);
}

// One sample of each of the rows that are interpolated together: one register on every processor this runs on.
using Samples = float __attribute__((vector_size(16)));

using Whole = std::int32_t __attribute__((vector_size(16)));

// The cubic swings beyond black and white.
Whole to_whole(Samples sum) {
  constexpr Samples black = {};
  constexpr Samples white = {255, 255, 255, 255};
  sum = sum * (1 / unit) + 0.5F;
  sum = sum > black ? sum : black;
  sum = sum < white ? sum : white;
  return __builtin_convertvector(sum, Whole);
}

Samples samples_at(const float* from) {
  Samples samples;
  std::memcpy(&samples, from, sizeof samples);
  return samples;
}

}  // namespace

std::vector<Taps> cubic_taps(int from, int to) {
  const double scale = static_cast<double>(from) / to;
  const double reach = std::max(1.0, scale);
  std::vector<Taps> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    Taps& taps = all[static_cast<std::size_t>(i)];
    const double middle = (i + 0.5) * scale - 0.5;
    const int first = std::max(0, static_cast<int>(std::ceil(middle - 2 * reach)));
    const int last = std::min(from - 1, static_cast<int>(std::floor(middle + 2 * reach)));
    std::vector<double> exact;
    double total = 0;
    for (int at = first; at <= last; ++at) {
      exact.push_back(cubic((at - middle) / reach));
      total += exact.back();
    }
    taps.first = first;
    for (const double weight : exact) taps.weights.push_back(static_cast<float>(weight / total));
  }
  return all;
}

Resampler::Resampler(int from_width, int from_height, int width, int height)
    : result_{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))} {
  while (from_width >= 2 * width && from_height >= 2 * height) {
    halvings_.push_back({from_width, from_height, 0, {}, {}});
    from_width = (from_width + 1) / 2;
    from_height = (from_height + 1) / 2;
    halvings_.back().halved.resize(static_cast<std::size_t>(from_width));
  }
  width_ = static_cast<std::size_t>(from_width);
  stride_ = (width_ + block - 1) / block * block;
  across_ = cubic_taps(from_width, width);
  down_ = cubic_taps(from_height, height);
  for (const Taps& taps : down_) window_ = std::max(window_, taps.weights.size());
  rows_.resize(window_ * stride_);
  sums_.resize(stride_);
  mixed_.resize(width_ * together);
}

void Resampler::take_row_at(std::size_t level, const std::uint8_t* samples) {
  if (level == halvings_.size()) return interpolate(samples);
  Halving& halving = halvings_[level];
  ++halving.taken;
  const bool is_upper = halving.taken % 2 == 1;
  if (is_upper && halving.taken < halving.height) {
    halving.upper.assign(samples, samples + halving.width);
    return;
  }
  halve(halving.halved.data(), is_upper ? samples : halving.upper.data(), samples, halving.width);
  take_row_at(level + 1, halving.halved.data());
}

void Resampler::interpolate(const std::uint8_t* samples) {
  keep(rows_.data() + taken_ % window_ * stride_, samples, width_);
  ++taken_;
  while (mixed_rows_ < down_.size() &&
         static_cast<std::size_t>(down_[mixed_rows_].first) + down_[mixed_rows_].weights.size() <= taken_) {
    mix(down_[mixed_rows_]);
    ++mixed_rows_;
    if (++waiting_ == together) write_mixed();
  }
}

void Resampler::mix(const Taps& down) {
  std::ranges::fill(sums_, static_cast<std::int16_t>(down.weights.size() / 2));
  for (std::size_t i = 0; i < down.weights.size(); ++i) {
    const auto row = (static_cast<std::size_t>(down.first) + i) % window_;
    add_scaled(sums_.data(), rows_.data() + row * stride_, fixed(down.weights[i]), stride_);
  }
  for (std::size_t x = 0; x < width_; ++x) mixed_[x * together + waiting_] = sums_[x];
}

void Resampler::write_mixed() {
  const auto width = across_.size();
  auto* const to = result_.samples.data() + written_ * width;
  for (std::size_t x = 0; x < width; ++x) {
    Samples sum = {};
    const auto* from = mixed_.data() + static_cast<std::size_t>(across_[x].first) * together;
    for (const float weight : across_[x].weights) {
      sum += samples_at(from) * weight;
      from += together;
    }
    const Whole whole = to_whole(sum);
    for (std::size_t row = 0; row < waiting_; ++row) to[row * width + x] = static_cast<std::uint8_t>(whole[row]);
  }
  written_ += waiting_;
  waiting_ = 0;
}

Plane Resampler::take() {
  write_mixed();
  return std::move(result_);
}

}  // namespace wujin::images
