#include "seed/pictures.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include "images/scene.h"
#include "images/vips.h"

namespace wujin::bench {
namespace {

using images::Image;
using images::Scene;

constexpr int width = 4000, height = 3000;
constexpr double wanted_bytes = 2.5e6;
constexpr int first_quality = 80;
constexpr double grain = 9;  // of the sensor, in steps of 255
constexpr std::array scenes = {Scene::yard, Scene::street, Scene::school, Scene::home, Scene::stall, Scene::training};

// Runs one step of libvips, which answers nought and fills in an image.
template <class Step>
Image step(Step run) {
  VipsImage* image = nullptr;
  if (run(&image) != 0) throw std::runtime_error("cannot make a picture: " + images::take_vips_error());
  return Image(image);
}

Image grainy(const std::string& drawn, std::uint64_t seed) {
  const auto scene =
      step([&](VipsImage** out) { return vips_jpegload_buffer(const_cast<char*>(drawn.data()), drawn.size(), out, nullptr); });
  const auto large =
      step([&](VipsImage** out) { return vips_resize(scene.get(), out, double{width} / images::scene_width, nullptr); });
  const int noise_seed = static_cast<int>(seed & 0x7fffffffU);
  const auto noise =
      step([&](VipsImage** out) { return vips_gaussnoise(out, width, height, "sigma", grain, "seed", noise_seed, nullptr); });
  const auto sum = step([&](VipsImage** out) { return vips_add(large.get(), noise.get(), out, nullptr); });
  const auto bytes = step([&](VipsImage** out) { return vips_cast_uchar(sum.get(), out, nullptr); });
  return step([&](VipsImage** out) {
    *out = vips_image_copy_memory(bytes.get());
    return *out == nullptr ? -1 : 0;
  });
}

std::string jpeg_of(VipsImage* image, int quality) {
  void* buffer = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image, &buffer, &size, "Q", quality, nullptr) != 0)
    throw std::runtime_error("cannot save a picture: " + images::take_vips_error());
  std::string jpeg(static_cast<const char*>(buffer), size);
  g_free(buffer);
  return jpeg;
}

}  // namespace

std::string make_picture(std::uint64_t seed) {
  images::vips();
  const Scene scene = scenes[seed % scenes.size()];
  const auto image = grainy(images::draw_scene(scene, seed, from_milliseconds(0)), seed);
  std::string best;
  const auto distance_of = [](const std::string& jpeg) { return std::abs(static_cast<double>(jpeg.size()) - wanted_bytes); };
  for (int low = 40, high = 95, quality = first_quality; low <= high; quality = (low + high) / 2) {
    auto jpeg = jpeg_of(image.get(), quality);
    const bool is_small = static_cast<double>(jpeg.size()) < wanted_bytes;
    if (best.empty() || distance_of(jpeg) < distance_of(best)) best = std::move(jpeg);
    if (distance_of(best) < 0.06 * wanted_bytes) break;
    (is_small ? low : high) = quality + (is_small ? 1 : -1);
  }
  return best;
}

}  // namespace wujin::bench
