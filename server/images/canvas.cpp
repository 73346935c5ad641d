#include "images/canvas.h"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>

#include "images/scene.h"

namespace wujin::images {

Canvas::Canvas()
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, scene_width, scene_height)),
      context_(cairo_create(surface_.get())) {
  if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("no memory for a scene");
  // Hundreds of scenes are drawn at a start; edges a little rougher cost half the time.
  cairo_set_antialias(context_.get(), CAIRO_ANTIALIAS_FAST);
  cairo_set_line_cap(context_.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(context_.get(), CAIRO_LINE_JOIN_ROUND);
}

void Canvas::fill(Colour colour, double opacity) {
  cairo_set_source_rgba(context_.get(), colour.red, colour.green, colour.blue, opacity);
  cairo_fill(context_.get());
}

void Canvas::rectangle(double x, double y, double width, double height, Colour colour) {
  // Whole pixels need no smoothing and fill ten times as fast.
  cairo_rectangle(context_.get(), std::round(x), std::round(y), std::round(width), std::round(height));
  fill(colour, 1);
}

void Canvas::ellipse(double x, double y, double across, double down, Colour colour, double opacity) {
  cairo_save(context_.get());
  cairo_translate(context_.get(), x, y);
  cairo_scale(context_.get(), across / 2, down / 2);
  cairo_arc(context_.get(), 0, 0, 1, 0, 2 * std::numbers::pi);
  cairo_restore(context_.get());
  fill(colour, opacity);
}

void Canvas::polygon(std::span<const std::pair<double, double>> points, Colour colour, double opacity) {
  for (const auto& [x, y] : points) cairo_line_to(context_.get(), x, y);
  cairo_close_path(context_.get());
  fill(colour, opacity);
}

void Canvas::line(std::span<const std::pair<double, double>> points, double thickness, Colour stroke) {
  for (const auto& [x, y] : points) cairo_line_to(context_.get(), x, y);
  cairo_set_line_width(context_.get(), thickness);
  cairo_set_source_rgb(context_.get(), stroke.red, stroke.green, stroke.blue);
  cairo_stroke(context_.get());
}

void Canvas::fade(double y, double height, Colour top, Colour bottom) {
  // Bands of a few pixels look the same as a true gradient and cost a quarter of it.
  constexpr int band = 6;
  for (int at = 0; at < height; at += band) {
    rectangle(0, y + at, scene_width, std::min<double>(band, height - at) + 1, mixed(top, bottom, at / height));
  }
}

void Canvas::shade(double from_x, double to_x, double opacity) {
  auto* pattern = cairo_pattern_create_linear(from_x, 0, to_x, 0);
  cairo_pattern_add_color_stop_rgba(pattern, 0, 0.1, 0.1, 0.12, opacity);
  cairo_pattern_add_color_stop_rgba(pattern, 1, 0.1, 0.1, 0.12, 0);
  cairo_set_source(context_.get(), pattern);
  cairo_rectangle(context_.get(), std::min(from_x, to_x), 0, std::abs(to_x - from_x), scene_height);
  cairo_fill(context_.get());
  cairo_pattern_destroy(pattern);
}

void Canvas::mirror() {
  cairo_translate(context_.get(), scene_width, 0);
  cairo_scale(context_.get(), -1, 1);
}

std::string Canvas::pixels() const {
  cairo_surface_flush(surface_.get());
  const auto* rows = cairo_image_surface_get_data(surface_.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get()));
  std::string out(std::size_t{scene_width} * scene_height * 3, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  for (std::size_t y = 0; y < scene_height; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(rows + y * stride);
    for (std::size_t x = 0; x < scene_width; ++x, to += 3) {
      to[0] = static_cast<unsigned char>(row[x] >> 16);
      to[1] = static_cast<unsigned char>(row[x] >> 8);
      to[2] = static_cast<unsigned char>(row[x]);
    }
  }
  return out;
}

}  // namespace wujin::images
