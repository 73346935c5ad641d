#include "images/jpeg.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <vector>

#include <jpeglib.h>

#include <jerror.h>

#include "images/resample.h"

namespace wujin::images {
namespace {

// libjpeg leaves a failed call with a jump. Nothing with a destructor may live in a function that it jumps out of or over, so
// each method that calls it holds plain values only.
class Decoder {
 public:
  explicit Decoder(Bytes file) {
    jpeg_.err = jpeg_std_error(&errors_.base);
    errors_.base.error_exit = [](j_common_ptr jpeg) {
      std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->back, 1);  // NOLINT(cert-err52-cpp): libjpeg knows no other way out
    };
    errors_.base.emit_message = [](j_common_ptr, int) {};
    is_open_ = open(file);
  }
  ~Decoder() {
    std::free(profile_);
    jpeg_destroy_decompress(&jpeg_);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  bool is_open() const { return is_open_; }
  int width() const { return static_cast<int>(jpeg_.output_width); }
  int height() const { return static_cast<int>(jpeg_.output_height); }
  std::span<const std::uint8_t> profile() const { return {profile_, profile_size_}; }

  bool start(int longest) {
    if (setjmp(errors_.back) != 0) return false;
    const auto side = static_cast<int>(std::max(jpeg_.image_width, jpeg_.image_height));
    while (jpeg_.scale_denom < 8 && side / static_cast<int>(jpeg_.scale_denom * 2) >= longest) jpeg_.scale_denom *= 2;
    jpeg_.out_color_space = JCS_EXT_RGBX;
    return jpeg_start_decompress(&jpeg_) != 0;
  }

  bool read_row(std::uint8_t* row) {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_read_scanlines(&jpeg_, &row, 1) == 1;
  }

  // Past the last row: a file that ends early shows only here when its last rows were made up.
  bool finish() {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_finish_decompress(&jpeg_) != 0;
  }

 private:
  struct Errors {
    jpeg_error_mgr base{};
    std::jmp_buf back{};
  };

  bool open(Bytes file) {
    if (setjmp(errors_.back) != 0) return false;
    jpeg_create_decompress(&jpeg_);
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    // libjpeg would make up what is missing.
    jpeg_.src->fill_input_buffer = [](j_decompress_ptr jpeg) -> boolean {
      ERREXIT(jpeg, JERR_INPUT_EOF);
      return FALSE;
    };
    jpeg_save_markers(&jpeg_, JPEG_APP0 + 2, 0xffff);
    jpeg_read_header(&jpeg_, TRUE);
    if (jpeg_read_icc_profile(&jpeg_, &profile_, &profile_size_) == 0) profile_size_ = 0;
    const bool is_colour =
        jpeg_.num_components == 3 && (jpeg_.jpeg_color_space == JCS_YCbCr || jpeg_.jpeg_color_space == JCS_RGB);
    return (is_colour || jpeg_.jpeg_color_space == JCS_GRAYSCALE) && jpeg_.data_precision == 8;
  }

  jpeg_decompress_struct jpeg_{};
  Errors errors_;
  std::uint8_t* profile_ = nullptr;  // of malloc
  unsigned profile_size_ = 0;
  bool is_open_ = false;
};

int shortened(int side, int longest_of_both, int longest) {
  if (longest_of_both <= longest) return side;
  return std::max(1, static_cast<int>((static_cast<std::int64_t>(side) * longest * 2 + longest_of_both) / (longest_of_both * 2)));
}

}  // namespace

bool is_plain_jpeg(const Container& container) {
  return container.format == Format::jpeg && !container.whole_frame && container.components < 4;
}

Image decode_jpeg(Bytes file, int longest) {
  Decoder decoder(file);
  if (!decoder.is_open() || !decoder.start(longest)) return nullptr;
  const int longest_decoded = std::max(decoder.width(), decoder.height());
  const int width = shortened(decoder.width(), longest_decoded, longest);
  const int height = shortened(decoder.height(), longest_decoded, longest);
  Resampler resampler(decoder.width(), decoder.height(), width, height);
  std::vector<std::uint8_t> row(resampler.row_bytes());
  for (int y = 0; y < decoder.height(); ++y) {
    if (!decoder.read_row(row.data())) return nullptr;
    resampler.take_row(row.data());
  }
  if (!decoder.finish()) return nullptr;
  const auto& pixels = resampler.pixels();
  Image image(vips().vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, 3, VIPS_FORMAT_UCHAR));
  if (!image) return nullptr;
  image->Type = VIPS_INTERPRETATION_sRGB;
  const auto profile = decoder.profile();
  if (!profile.empty()) vips().vips_image_set_blob_copy(image.get(), VIPS_META_ICC_NAME, profile.data(), profile.size());
  return image;
}

}  // namespace wujin::images
