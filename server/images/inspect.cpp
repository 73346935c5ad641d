#include "images/inspect.h"

#include <algorithm>
#include <array>
#include <string>

#include "images/container.h"
#include "images/exif.h"

namespace wujin::images {
namespace {

// A picture never needs these; a browser or server tricked into reading the file as something else would run them. None is so
// short that the film a phone appends to a picture would hold it by chance.
constexpr std::array<std::string_view, 9> scripts = {
    "<script", "<?php", "<html", "<!doctype", "javascript:", "<svg ", "<svg\n", "<svg\t", "<svg>"};

bool carries_script(Bytes bytes) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const auto script : scripts) {
    for (auto at = text.find(script[0]); at != std::string_view::npos; at = text.find(script[0], at + 1)) {
      if (text.size() - at < script.size()) break;
      if (std::equal(script.begin(), script.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                     [&](char wanted, char found) { return wanted == lower(found); })) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string_view media_type(Format format) {
  constexpr std::array<std::string_view, 4> types = {"image/jpeg", "image/png", "image/webp", "image/heic"};
  return types[static_cast<std::size_t>(format)];
}

std::string_view file_extension(Format format) {
  constexpr std::array<std::string_view, 4> extensions = {"jpg", "png", "webp", "heic"};
  return extensions[static_cast<std::size_t>(format)];
}

Result<Inspection> inspect(std::span<const std::byte> bytes) {
  const auto container = walk(bytes);
  if (!container) return container.error();
  const auto pixels = container->whole_frame ? most_pixels / 2 : most_pixels;
  if (container->width < 1 || container->height < 1) return Problem(ProblemCode::picture_broken);
  if (container->width > longest_side || container->height > longest_side || container->width > pixels / container->height) {
    return Problem(ProblemCode::picture_too_big, {{"limit", std::to_string(pixels / 10'000)}});
  }
  if (std::any_of(container->extras.begin(), container->extras.end(), carries_script)) {
    return Problem(ProblemCode::picture_with_script);
  }
  Inspection found{container->format, static_cast<int>(container->width), static_cast<int>(container->height)};
  if (!container->upright && swaps_sides(orientation_of(container->exif))) std::swap(found.width, found.height);
  return found;
}

}  // namespace wujin::images
