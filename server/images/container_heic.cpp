#include <memory>
#include <string_view>

#include <libheif/heif.h>

#include "images/container.h"

namespace wujin::images {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t largest_exif = 1 << 20;

struct FreeContext {
  void operator()(heif_context* context) const { heif_context_free(context); }
};
struct FreeHandle {
  void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
};

// The top boxes must cover the file exactly; pixels stand in mdat.
Result<> walk_boxes(Bytes bytes, Container& found) {
  std::size_t at = 0;
  bool has_meta = false;
  bool has_pixels = false;
  while (at < bytes.size()) {
    if (bytes.size() - at < 8) return Problem(ProblemCode::picture_truncated);
    if (found.extras.size() > most_extras) return Problem(ProblemCode::picture_broken);
    std::uint64_t length = big_endian(bytes, at, 4);
    std::size_t header = 8;
    if (length == 1) {
      if (bytes.size() - at < 16) return Problem(ProblemCode::picture_truncated);
      length = std::uint64_t{big_endian(bytes, at + 8, 4)} << 32 | big_endian(bytes, at + 12, 4);
      header = 16;
    } else if (length == 0) {
      length = bytes.size() - at;
    }
    if (length < header) return Problem(ProblemCode::picture_broken);
    if (length > bytes.size() - at) return Problem(ProblemCode::picture_truncated);
    const bool is_pixels = has_text(bytes, at + 4, "mdat"sv);
    has_pixels = has_pixels || is_pixels;
    has_meta = has_meta || has_text(bytes, at + 4, "meta"sv);
    if (!is_pixels) found.extras.push_back(bytes.subspan(at + header, static_cast<std::size_t>(length) - header));
    at += static_cast<std::size_t>(length);
  }
  if (!has_meta) return Problem(ProblemCode::picture_broken);
  if (!has_pixels) return Problem(ProblemCode::picture_truncated);
  return {};
}

// The EXIF item stands among the pixels. Its first four bytes say where the TIFF block begins.
std::vector<std::byte> read_exif_item(const heif_image_handle* handle) {
  heif_item_id item = 0;
  if (heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &item, 1) < 1) return {};
  const auto size = heif_image_handle_get_metadata_size(handle, item);
  if (size < 12 || size > largest_exif) return {};
  std::vector<std::byte> block(size);
  if (heif_image_handle_get_metadata(handle, item, block.data()).code != heif_error_Ok) return {};
  const auto start = std::size_t{4} + big_endian(block, 0, 4);
  if (start >= size) return {};
  return copy_of(Bytes(block).subspan(start));
}

}  // namespace

Result<Container> walk_heic(Bytes bytes) {
  Container found;
  found.format = Format::heic;
  found.whole_frame = true;
  found.upright = true;
  if (const auto walked = walk_boxes(bytes, found); !walked) return walked.error();
  const std::unique_ptr<heif_context, FreeContext> context(heif_context_alloc());
  const auto read = heif_context_read_from_memory_without_copy(context.get(), bytes.data(), bytes.size(), nullptr);
  if (read.code != heif_error_Ok) return Problem(ProblemCode::picture_broken).because(read.message);
  heif_image_handle* first = nullptr;
  const auto got = heif_context_get_primary_image_handle(context.get(), &first);
  if (got.code != heif_error_Ok) return Problem(ProblemCode::picture_broken).because(got.message);
  const std::unique_ptr<heif_image_handle, FreeHandle> handle(first);
  found.width = heif_image_handle_get_width(handle.get());
  found.height = heif_image_handle_get_height(handle.get());
  found.exif = read_exif_item(handle.get());
  return found;
}

}  // namespace wujin::images
