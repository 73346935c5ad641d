#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/randomness.h"
#include "images/inspect.h"
#include "images/vips.h"

// Pictures that tests make for themselves.
namespace wujin::images::test {

inline std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

// Brightness waves with a bright red block at the upper left, so that a turn can be seen; other seeds are other scenes.
inline Image draw_pattern(int width, int height, std::uint64_t seed) {
  vips();
  SeededRandomness random(seed);
  double waves[6][3];
  for (auto& wave : waves) {
    for (auto& part : wave) part = static_cast<double>(random.below(1000)) / 1000;
  }
  std::string pixels;
  pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double light = 128;
      for (const auto& wave : waves) {
        light += 20 * std::sin(6.3 * (wave[0] * 3 * x / width + wave[1] * 3 * y / height + wave[2]));
      }
      const bool marked = x < width / 4 && y < height / 4;
      pixels += static_cast<char>(marked ? 250 : static_cast<int>(light));
      pixels += static_cast<char>(marked ? 10 : static_cast<int>(light * 0.9));
      pixels += static_cast<char>(marked ? 10 : static_cast<int>(light * 0.8));
    }
  }
  Image image(vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, 3, VIPS_FORMAT_UCHAR));
  image->Type = VIPS_INTERPRETATION_sRGB;
  return image;
}

// `suffix` as libvips takes it: ".jpg[Q=70]", ".png[interlace]".
inline std::string save(VipsImage* image, const std::string& suffix) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_image_write_to_buffer(image, suffix.c_str(), &bytes, &size, nullptr) != 0) throw std::runtime_error(take_vips_error());
  std::string file(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return file;
}

inline std::string save_heic(VipsImage* image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_heifsave_buffer(image, &bytes, &size, "Q", 60, "compression", VIPS_FOREIGN_HEIF_COMPRESSION_HEVC, nullptr) != 0) {
    throw std::runtime_error(take_vips_error());
  }
  std::string file(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return file;
}

inline std::string picture(const std::string& suffix, int width = 800, int height = 600, std::uint64_t seed = 1) {
  const auto image = draw_pattern(width, height, seed);
  return suffix == ".heic" ? save_heic(image.get()) : save(image.get(), suffix);
}

}  // namespace wujin::images::test
