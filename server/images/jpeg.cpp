#include "images/jpeg.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include <jpeglib.h>

#include <jerror.h>

#include "images/resample.h"

namespace wujin::images {
namespace {

constexpr int most_rows = 4 * DCTSIZE;  // of one component in one row of blocks: four blocks is the most a JPEG may say

// libjpeg leaves a failed call with a jump. Nothing with a destructor may live in a function that it jumps out of or over, so
// each method that calls it holds plain values only.
struct Errors {
  jpeg_error_mgr base{};
  std::jmp_buf back{};

  jpeg_error_mgr* silent() {
    jpeg_std_error(&base);
    base.error_exit = [](j_common_ptr jpeg) {
      std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->back, 1);  // NOLINT(cert-err52-cpp): libjpeg knows no other way out
    };
    base.emit_message = [](j_common_ptr, int) {};
    return &base;
  }
};

class Decoder {
 public:
  explicit Decoder(Bytes file) {
    jpeg_.err = errors_.silent();
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

  // A component as the decoder leaves it: not every one is as large as the picture.
  int components() const { return jpeg_.num_components; }
  int width_of(int component) const { return static_cast<int>(jpeg_.comp_info[component].downsampled_width); }
  int height_of(int component) const { return static_cast<int>(jpeg_.comp_info[component].downsampled_height); }
  // What the decoder writes of it at a time.
  int rows_of(int component) const {
    return jpeg_.comp_info[component].v_samp_factor * jpeg_.comp_info[component].DCT_scaled_size;
  }
  std::size_t row_bytes_of(int component) const {
    const auto& info = jpeg_.comp_info[component];
    return static_cast<std::size_t>(info.width_in_blocks + MAX_SAMP_FACTOR) * static_cast<std::size_t>(info.DCT_scaled_size);
  }

  bool start(int longest) {
    if (setjmp(errors_.back) != 0) return false;
    const auto side = static_cast<int>(std::max(jpeg_.image_width, jpeg_.image_height));
    while (jpeg_.scale_denom < DCTSIZE && side / static_cast<int>(jpeg_.scale_denom * 2) >= longest) jpeg_.scale_denom *= 2;
    jpeg_.out_color_space = jpeg_.jpeg_color_space;
    jpeg_.raw_data_out = TRUE;
    return jpeg_start_decompress(&jpeg_) != 0;
  }

  bool has_rows() const { return jpeg_.output_scanline < jpeg_.output_height; }

  // The next row of blocks of each component; `rows` are where their rows go.
  bool read_rows(JSAMPIMAGE rows) {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_read_raw_data(&jpeg_, rows, static_cast<JDIMENSION>(jpeg_.max_v_samp_factor * jpeg_.min_DCT_scaled_size)) > 0;
  }

  // Past the last row: a file that ends early shows only here when its last rows were made up.
  bool finish() {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_finish_decompress(&jpeg_) != 0;
  }

 private:
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
    const bool is_grey = jpeg_.num_components == 1 && jpeg_.jpeg_color_space == JCS_GRAYSCALE;
    const bool is_colour = jpeg_.num_components == 3 && jpeg_.jpeg_color_space == JCS_YCbCr;
    return (is_grey || is_colour) && jpeg_.data_precision == 8;
  }

  jpeg_decompress_struct jpeg_{};
  Errors errors_;
  std::uint8_t* profile_ = nullptr;  // of malloc
  unsigned profile_size_ = 0;
  bool is_open_ = false;
};

// One component on its way from the decoder into its plane.
class Receiver {
 public:
  Receiver(const Decoder& decoder, int component, int width, int height)
      : resampler_(decoder.width_of(component), decoder.height_of(component), width, height),
        left_(decoder.height_of(component)),
        count_(decoder.rows_of(component)),
        samples_(decoder.row_bytes_of(component) * static_cast<std::size_t>(count_)) {
    for (int row = 0; row < count_; ++row) {
      rows_[static_cast<std::size_t>(row)] = samples_.data() + decoder.row_bytes_of(component) * static_cast<std::size_t>(row);
    }
  }

  JSAMPARRAY rows() { return rows_.data(); }

  void take_rows() {
    const int count = std::min(count_, left_);
    for (int row = 0; row < count; ++row) resampler_.take_row(rows_[static_cast<std::size_t>(row)]);
    left_ -= count;
  }

  Plane take() { return resampler_.take(); }

 private:
  Resampler resampler_;
  int left_;
  int count_;
  std::vector<std::uint8_t> samples_;
  std::array<JSAMPROW, most_rows> rows_{};
};

class Encoder {
 public:
  Encoder() {
    jpeg_.err = errors_.silent();
    jpeg_create_compress(&jpeg_);
  }
  ~Encoder() {
    jpeg_destroy_compress(&jpeg_);
    std::free(file_);
  }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  bool start(int width, int height, int quality) {
    if (setjmp(errors_.back) != 0) return false;
    jpeg_mem_dest(&jpeg_, &file_, &size_);
    jpeg_.image_width = static_cast<JDIMENSION>(width);
    jpeg_.image_height = static_cast<JDIMENSION>(height);
    jpeg_.input_components = 3;
    jpeg_.in_color_space = JCS_YCbCr;
    jpeg_set_defaults(&jpeg_);  // colour by 2 × 2, as Planes has it
    jpeg_set_quality(&jpeg_, quality, TRUE);
    jpeg_.raw_data_in = TRUE;
    jpeg_start_compress(&jpeg_, TRUE);
    return true;
  }

  bool write_rows(JSAMPIMAGE rows) {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_write_raw_data(&jpeg_, rows, 2 * DCTSIZE) > 0;
  }

  bool finish() {
    if (setjmp(errors_.back) != 0) return false;
    jpeg_finish_compress(&jpeg_);
    return true;
  }

  std::string_view file() const { return {reinterpret_cast<const char*>(file_), size_}; }

 private:
  jpeg_compress_struct jpeg_{};
  Errors errors_;
  unsigned char* file_ = nullptr;  // of malloc
  unsigned long size_ = 0;
};

// A plane cut into the rows of blocks that the encoder takes; what blocks have beyond its edges repeats the edge.
class Sender {
 public:
  Sender(const Plane& plane, int rows)
      : plane_(plane), count_(rows), stride_((static_cast<std::size_t>(plane.width) + DCTSIZE - 1) / DCTSIZE * DCTSIZE) {
    samples_.resize(stride_ * static_cast<std::size_t>(count_));
    for (int row = 0; row < count_; ++row) {
      rows_[static_cast<std::size_t>(row)] = samples_.data() + stride_ * static_cast<std::size_t>(row);
    }
  }

  JSAMPARRAY next_rows() {
    const auto width = static_cast<std::size_t>(plane_.width);
    for (int row = 0; row < count_; ++row, ++next_) {
      const auto* from = plane_.row(std::min(next_, plane_.height - 1));
      auto* to = rows_[static_cast<std::size_t>(row)];
      std::memcpy(to, from, width);
      std::memset(to + width, from[width - 1], stride_ - width);
    }
    return rows_.data();
  }

 private:
  const Plane& plane_;
  int count_;
  std::size_t stride_;
  int next_ = 0;
  std::vector<std::uint8_t> samples_;
  std::array<JSAMPROW, 2 * DCTSIZE> rows_{};
};

Plane without_colour(int width, int height) {
  const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return {width, height, std::vector<std::uint8_t>(size, std::uint8_t{128})};
}

}  // namespace

std::optional<Jpeg> decode_jpeg(Bytes file, int longest) {
  Decoder decoder(file);
  if (!decoder.is_open() || !decoder.start(longest)) return std::nullopt;
  const int longest_decoded = std::max(decoder.width(), decoder.height());
  const int width = shortened_side(decoder.width(), longest_decoded, longest);
  const int height = shortened_side(decoder.height(), longest_decoded, longest);
  std::vector<Receiver> receivers;
  receivers.reserve(static_cast<std::size_t>(decoder.components()));
  for (int component = 0; component < decoder.components(); ++component) {
    if (decoder.rows_of(component) > most_rows) return std::nullopt;
    const bool is_luma = component == 0;
    receivers.emplace_back(decoder, component, is_luma ? width : colour_side(width), is_luma ? height : colour_side(height));
  }
  std::array<JSAMPARRAY, 3> rows{};
  for (std::size_t i = 0; i < receivers.size(); ++i) rows[i] = receivers[i].rows();
  while (decoder.has_rows()) {
    if (!decoder.read_rows(rows.data())) return std::nullopt;
    for (Receiver& receiver : receivers) receiver.take_rows();
  }
  if (!decoder.finish()) return std::nullopt;
  Jpeg jpeg;
  jpeg.planes.luma = receivers[0].take();
  jpeg.planes.blue = receivers.size() == 3 ? receivers[1].take() : without_colour(colour_side(width), colour_side(height));
  jpeg.planes.red = receivers.size() == 3 ? receivers[2].take() : without_colour(colour_side(width), colour_side(height));
  const auto profile = decoder.profile();
  jpeg.profile.assign(profile.begin(), profile.end());
  return jpeg;
}

std::string encode_jpeg(const Planes& planes, int quality) {
  Encoder encoder;
  Sender luma(planes.luma, 2 * DCTSIZE);
  Sender blue(planes.blue, DCTSIZE);
  Sender red(planes.red, DCTSIZE);
  bool is_fine = encoder.start(planes.luma.width, planes.luma.height, quality);
  for (int y = 0; is_fine && y < planes.luma.height; y += 2 * DCTSIZE) {
    std::array<JSAMPARRAY, 3> rows = {luma.next_rows(), blue.next_rows(), red.next_rows()};
    is_fine = encoder.write_rows(rows.data());
  }
  if (!is_fine || !encoder.finish()) throw std::runtime_error("libjpeg does not write a picture");
  return std::string(encoder.file());
}

}  // namespace wujin::images
