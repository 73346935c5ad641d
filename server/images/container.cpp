#include "images/container.h"

#include <array>
#include <cstring>
#include <string_view>

namespace wujin::images {
namespace {

constexpr std::array<std::string_view, 6> heic_brands = {"heic", "heix", "mif1", "msf1", "heim", "heis"};

}  // namespace

bool has_text(Bytes bytes, std::size_t at, std::string_view text) {
  return at <= bytes.size() && bytes.size() - at >= text.size() && std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

std::optional<Format> sniff(Bytes bytes) {
  using namespace std::string_view_literals;
  if (has_text(bytes, 0, "\xff\xd8\xff"sv)) return Format::jpeg;
  if (has_text(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) return Format::png;
  if (has_text(bytes, 0, "RIFF"sv) && has_text(bytes, 8, "WEBP"sv)) return Format::webp;
  if (has_text(bytes, 4, "ftyp"sv)) {
    for (const auto brand : heic_brands) {
      if (has_text(bytes, 8, brand)) return Format::heic;
    }
  }
  return std::nullopt;
}

Result<Container> walk(Bytes bytes) {
  const auto format = sniff(bytes);
  if (!format) return Problem(ProblemCode::picture_unknown);
  switch (*format) {
    case Format::jpeg:
      return walk_jpeg(bytes);
    case Format::png:
      return walk_png(bytes);
    case Format::webp:
      return walk_webp(bytes);
    case Format::heic:
      return walk_heic(bytes);
  }
  return Problem(ProblemCode::picture_unknown);
}

}  // namespace wujin::images
