#include "images/heic.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <libheif/heif.h>

namespace wujin::images {
namespace {

struct Free {
  void operator()(heif_context* context) const { heif_context_free(context); }
  void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
  void operator()(heif_image* image) const { heif_image_release(image); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

bool is_fine(const heif_error& error) { return error.code == heif_error_Ok; }

// Where the decoder put the pixels.
struct Channel {
  const std::uint8_t* start = nullptr;
  std::size_t stride = 0;
  int width = 0;
  int height = 0;
};

// Each pixel the mean of `block` × `block`; a rest at the right and below is dropped.
Image shrink(const Channel& channel, int block) {
  const int width = std::max(1, channel.width / block);
  const int height = std::max(1, channel.height / block);
  const auto samples = static_cast<std::size_t>(width) * 3;
  std::vector<std::uint8_t> pixels(samples * static_cast<std::size_t>(height));
  std::vector<std::uint32_t> sums(samples);
  const auto share = static_cast<std::uint32_t>(block) * static_cast<std::uint32_t>(block);
  for (int y = 0; y < height; ++y) {
    std::ranges::fill(sums, share / 2);
    for (int row = 0; row < block; ++row) {
      const auto* from = channel.start + static_cast<std::size_t>(y * block + row) * channel.stride;
      for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) {
        for (int column = 0; column < block; ++column, from += 3) {
          for (std::size_t band = 0; band < 3; ++band) sums[x * 3 + band] += from[band];
        }
      }
    }
    auto* to = pixels.data() + static_cast<std::size_t>(y) * samples;
    for (std::size_t i = 0; i < samples; ++i) to[i] = static_cast<std::uint8_t>(sums[i] / share);
  }
  Image image(vips().vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, 3, VIPS_FORMAT_UCHAR));
  if (image) image->Type = VIPS_INTERPRETATION_sRGB;
  return image;
}

void copy_profile(const heif_image_handle* handle, VipsImage* image) {
  const auto size = heif_image_handle_get_raw_color_profile_size(handle);
  if (size == 0 || size > (1U << 22)) return;
  std::vector<std::byte> profile(size);
  if (!is_fine(heif_image_handle_get_raw_color_profile(handle, profile.data()))) return;
  vips().vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, profile.data(), profile.size());
}

}  // namespace

Image decode_heic(Bytes file, int least_side) {
  const Owned<heif_context> context(heif_context_alloc());
  heif_context_set_max_decoding_threads(context.get(), 0);
  if (!is_fine(heif_context_read_from_memory_without_copy(context.get(), file.data(), file.size(), nullptr))) return nullptr;
  heif_image_handle* first = nullptr;
  if (!is_fine(heif_context_get_primary_image_handle(context.get(), &first))) return nullptr;
  const Owned<heif_image_handle> handle(first);
  heif_image* decoded = nullptr;
  if (!is_fine(heif_decode_image(handle.get(), &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nullptr)))
    return nullptr;
  const Owned<heif_image> whole(decoded);
  int stride = 0;
  Channel channel;
  channel.start = heif_image_get_plane_readonly(whole.get(), heif_channel_interleaved, &stride);
  channel.stride = static_cast<std::size_t>(stride);
  channel.width = heif_image_get_width(whole.get(), heif_channel_interleaved);
  channel.height = heif_image_get_height(whole.get(), heif_channel_interleaved);
  if (channel.start == nullptr || channel.width < 1 || channel.height < 1) return nullptr;
  int block = 1;
  while (std::max(channel.width, channel.height) / (block * 2) >= least_side &&
         std::min(channel.width, channel.height) >= block * 2) {
    block *= 2;
  }
  auto image = shrink(channel, block);
  if (image) copy_profile(handle.get(), image.get());
  return image;
}

}  // namespace wujin::images
