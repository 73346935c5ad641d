#include "images/render.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include "images/container.h"
#include "images/exif.h"
#include "images/heic.h"
#include "images/jpeg.h"
#include "images/planes.h"
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

bool resize_to(Step& step, int longest_side_wanted) {
  const int longest = longest_of(step.in());
  if (longest <= longest_side_wanted) return true;
  return step.took(vips().vips_resize(step.in(), step.out(), static_cast<double>(longest_side_wanted) / longest, "kernel",
                                      VIPS_KERNEL_CUBIC, nullptr));
}

// Most pictures either name no profile or name sRGB; converting those would cost more than all else.
bool is_foreign(std::string_view profile) {
  using namespace std::string_view_literals;
  return !profile.empty() && profile.find("sRGB"sv) == std::string_view::npos &&
         profile.find("s\0R\0G\0B"sv) == std::string_view::npos;
}

bool has_foreign_profile(VipsImage* image) {
  const void* bytes = nullptr;
  std::size_t size = 0;
  if (vips().vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0) return false;
  if (vips().vips_image_get_blob(image, VIPS_META_ICC_NAME, &bytes, &size) != 0) return false;
  return is_foreign({static_cast<const char*>(bytes), size});
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

std::optional<Planes> plain_planes_of(Image image) {
  Step step(std::move(image));
  if (!resize_to(step, large_side) || !to_plain_srgb(step)) return std::nullopt;
  // Decodes and computes what was only described so far.
  const Image pixels(vips().vips_image_copy_memory(step.in()));
  if (!pixels) return std::nullopt;
  const int width = vips().vips_image_get_width(pixels.get());
  const int height = vips().vips_image_get_height(pixels.get());
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3;
  auto planes = planes_of({static_cast<const std::uint8_t*>(vips().vips_image_get_data(pixels.get())), count}, width, height);
  // Warnings gather on the thread even when the picture could be read.
  vips().vips_error_clear();
  return planes;
}

Image image_of(const Jpeg& jpeg) {
  const auto pixels = rgb_of(jpeg.planes);
  Image image(vips().vips_image_new_from_memory_copy(pixels.data(), pixels.size(), jpeg.planes.luma.width,
                                                     jpeg.planes.luma.height, 3, VIPS_FORMAT_UCHAR));
  if (!image) return nullptr;
  image->Type = VIPS_INTERPRETATION_sRGB;
  vips().vips_image_set_blob_copy(image.get(), VIPS_META_ICC_NAME, jpeg.profile.data(), jpeg.profile.size());
  return image;
}

// As stored, its longer side at most `large_side`, sRGB on white.
std::optional<Planes> decode(Bytes file, const Container& container) {
  if (container.format == Format::jpeg) {
    if (auto jpeg = decode_jpeg(file, large_side)) {
      const std::string_view profile(reinterpret_cast<const char*>(jpeg->profile.data()), jpeg->profile.size());
      if (!is_foreign(profile)) return std::move(jpeg->planes);
      return plain_planes_of(image_of(*jpeg));
    }
  }
  // What is left: the other formats, JPEGs of another colour, and broken ones, of which libvips says why.
  auto image = load(file, container);
  if (!image) return std::nullopt;
  return plain_planes_of(std::move(image));
}

Rendition encode(const Planes& planes) { return {encode_jpeg(planes, jpeg_quality), planes.luma.width, planes.luma.height}; }

std::optional<Rendered> draw(Bytes file, const Container& container) {
  auto large = decode(file, container);
  if (!large) return std::nullopt;
  if (!container.upright) *large = turned(*large, orientation_of(container.exif));
  const auto small = shortened(*large, small_side);
  return Rendered{encode(small), encode(*large), fingerprint(small.luma)};
}

}  // namespace

Result<Rendered> render(std::span<const std::byte> file) {
  const auto container = walk(file);
  if (!container) return container.error();
  auto drawn = draw(file, *container);
  if (!drawn) return Problem(ProblemCode::picture_broken).because(take_vips_error());
  return std::move(*drawn);
}

}  // namespace wujin::images
