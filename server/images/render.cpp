#include "images/render.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include "images/container.h"
#include "images/exif.h"
#include "images/heic.h"
#include "images/jpeg.h"
#include "images/vips.h"

namespace wujin::images {
namespace {

constexpr int jpeg_quality = 82;

// The libvips call style: an operation fills `next`, which then replaces the image it was made from.
class Step {
 public:
  explicit Step(Image image) : image_(std::move(image)) {}
  VipsImage* in() const { return image_.get(); }
  VipsImage** out() { return &next_; }
  bool took(int failed) {
    if (failed == 0) image_.reset(next_);
    next_ = nullptr;
    return failed == 0;
  }
  Image take() { return std::move(image_); }

 private:
  Image image_;
  VipsImage* next_ = nullptr;
};

Image load(Bytes file, const Container& container) {
  auto* bytes = const_cast<std::byte*>(file.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): libvips only reads it
  const auto longest = std::max(container.width, container.height);
  VipsImage* image = nullptr;
  switch (container.format) {
    case Format::jpeg: {
      if (is_plain_jpeg(container)) return decode_jpeg(file, large_side);
      // The JPEG decoder halves cheaply; the rest of the way is interpolation.
      int halved = 1;
      while (halved < 8 && longest / (halved * 2) >= large_side) halved *= 2;
      vips().vips_jpegload_buffer(bytes, file.size(), &image, "shrink", halved, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                  VIPS_FAIL_ON_TRUNCATED, nullptr);
      break;
    }
    case Format::png:
      vips().vips_pngload_buffer(bytes, file.size(), &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED,
                                 nullptr);
      break;
    case Format::webp: {
      const double scale = std::min(1.0, static_cast<double>(large_side) / static_cast<double>(longest));
      vips().vips_webpload_buffer(bytes, file.size(), &image, "scale", scale, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                  VIPS_FAIL_ON_TRUNCATED, nullptr);
      break;
    }
    case Format::heic:
      return decode_heic(file, large_side);
  }
  return Image(image);
}

int longest_of(VipsImage* image) { return std::max(vips().vips_image_get_width(image), vips().vips_image_get_height(image)); }

// Averages whole blocks as far as they go, which costs a fifth of interpolating all the way and looks the same at a thumbnail's
// size.
bool average_down_to(Step& step, int longest_side_wanted) {
  const int block = longest_of(step.in()) / longest_side_wanted;
  const int shortest = std::min(vips().vips_image_get_width(step.in()), vips().vips_image_get_height(step.in()));
  if (block < 2 || shortest < block) return true;
  return step.took(vips().vips_shrink(step.in(), step.out(), block, block, nullptr));
}

bool resize_to(Step& step, int longest_side_wanted) {
  const int longest = longest_of(step.in());
  if (longest <= longest_side_wanted) return true;
  return step.took(vips().vips_resize(step.in(), step.out(), static_cast<double>(longest_side_wanted) / longest, "kernel",
                                      VIPS_KERNEL_CUBIC, nullptr));
}

// Most pictures either name no profile or name sRGB; converting those would cost more than the resizing.
bool has_foreign_profile(VipsImage* image) {
  const void* bytes = nullptr;
  std::size_t size = 0;
  if (vips().vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0) return false;
  if (vips().vips_image_get_blob(image, VIPS_META_ICC_NAME, &bytes, &size) != 0) return false;
  const std::string_view profile(static_cast<const char*>(bytes), size);
  using namespace std::string_view_literals;
  return profile.find("sRGB"sv) == std::string_view::npos && profile.find("s\0R\0G\0B"sv) == std::string_view::npos;
}

bool to_plain_srgb(Step& step) {
  if (has_foreign_profile(step.in())) {
    // A profile that does not fit its picture is ignored, as browsers do.
    if (!step.took(vips().vips_icc_transform(step.in(), step.out(), "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE,
                                             nullptr))) {
      vips().vips_error_clear();
    }
  }
  if (vips().vips_image_get_interpretation(step.in()) != VIPS_INTERPRETATION_sRGB &&
      !step.took(vips().vips_colourspace(step.in(), step.out(), VIPS_INTERPRETATION_sRGB, nullptr))) {
    return false;
  }
  if (vips().vips_image_hasalpha(step.in()) != 0) {
    const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white(
        vips().vips_array_double_newv(1, 255.0), [](VipsArrayDouble* array) { vips().vips_area_unref(&array->area); });
    if (!step.took(vips().vips_flatten(step.in(), step.out(), "background", white.get(), nullptr))) return false;
  }
  if (vips().vips_image_get_format(step.in()) != VIPS_FORMAT_UCHAR &&
      !step.took(vips().vips_cast(step.in(), step.out(), VIPS_FORMAT_UCHAR, nullptr))) {
    return false;
  }
  return vips().vips_image_get_bands(step.in()) == 3;
}

// EXIF's eight ways to hold a camera: a mirror, then a turn.
bool turn_upright(Step& step, int orientation) {
  const bool mirrored = orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
  if (mirrored && !step.took(vips().vips_flip(step.in(), step.out(), VIPS_DIRECTION_HORIZONTAL, nullptr))) return false;
  VipsAngle angle = VIPS_ANGLE_D0;
  if (orientation == 3 || orientation == 4) angle = VIPS_ANGLE_D180;
  if (orientation == 6 || orientation == 7) angle = VIPS_ANGLE_D90;
  if (orientation == 5 || orientation == 8) angle = VIPS_ANGLE_D270;
  return angle == VIPS_ANGLE_D0 || step.took(vips().vips_rot(step.in(), step.out(), angle, nullptr));
}

// Decodes and computes what was only described so far.
bool compute(Step& step) {
  VipsImage* memory = vips().vips_image_copy_memory(step.in());
  if (memory == nullptr) return false;
  step = Step(Image(memory));
  return true;
}

std::optional<Rendition> encode(VipsImage* image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips().vips_jpegsave_buffer(image, &bytes, &size, "Q", jpeg_quality, "strip", TRUE, nullptr) != 0) return std::nullopt;
  const std::unique_ptr<void, void (*)(void*)> owned(bytes, [](void* memory) { vips().g_free(memory); });
  return Rendition{std::string(static_cast<const char*>(bytes), size), vips().vips_image_get_width(image),
                   vips().vips_image_get_height(image)};
}

std::optional<Rendered> draw(Bytes file, const Container& container) {
  Step step(load(file, container));
  if (step.in() == nullptr) return std::nullopt;
  if (!resize_to(step, large_side) || !to_plain_srgb(step) || !compute(step)) return std::nullopt;
  if (!container.upright && (!turn_upright(step, orientation_of(container.exif)) || !compute(step))) return std::nullopt;
  const auto large = encode(step.in());
  if (!large || !average_down_to(step, small_side) || !resize_to(step, small_side) || !compute(step)) return std::nullopt;
  const auto small = encode(step.in());
  if (!small) return std::nullopt;
  const auto* pixels = reinterpret_cast<const std::byte*>(vips().vips_image_get_data(step.in()));
  const auto count = static_cast<std::size_t>(small->width) * static_cast<std::size_t>(small->height) * 3;
  return Rendered{*small, *large, fingerprint({pixels, count}, small->width, small->height)};
}

}  // namespace

Result<Rendered> render(std::span<const std::byte> file) {
  const auto container = walk(file);
  if (!container) return container.error();
  auto drawn = draw(file, *container);
  if (!drawn) return Problem(ProblemCode::picture_broken).because(take_vips_error());
  // Warnings gather on the thread even when the picture could be read.
  vips().vips_error_clear();
  return std::move(*drawn);
}

}  // namespace wujin::images
