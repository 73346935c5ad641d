#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include <cairo.h>

#include "base/randomness.h"

// What scenes are painted on and the shapes they are painted from. Private to images.
namespace wujin::images {

struct Colour {
  double red = 0, green = 0, blue = 0;
};
constexpr Colour colour(std::uint32_t hex) {
  return {(hex >> 16 & 0xff) / 255.0, (hex >> 8 & 0xff) / 255.0, (hex & 0xff) / 255.0};
}
// `share` of the way from one to the other.
constexpr Colour mixed(Colour one, Colour other, double share) {
  return {one.red + (other.red - one.red) * share, one.green + (other.green - one.green) * share,
          one.blue + (other.blue - one.blue) * share};
}
constexpr Colour darker(Colour of, double share) { return mixed(of, colour(0x1d1b19), share); }
constexpr Colour lighter(Colour of, double share) { return mixed(of, colour(0xffffff), share); }

// The chances of one picture.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) { return low + (high - low) * static_cast<double>(random_.below(10'001)) / 10'000; }
  int whole(int low, int high) { return low + static_cast<int>(random_.below(static_cast<std::uint64_t>(high - low) + 1)); }
  bool chance(double share) { return between(0, 1) < share; }
  Colour pick(std::span<const std::uint32_t> palette) { return colour(palette[random_.below(palette.size())]); }

 private:
  SeededRandomness random_;
};

// A surface of scene_width × scene_height; positions in pixels from the upper left.
class Canvas {
 public:
  Canvas();

  void rectangle(double x, double y, double width, double height, Colour fill);
  void ellipse(double x, double y, double across, double down, Colour fill, double opacity = 1);  // x, y: the middle
  void polygon(std::span<const std::pair<double, double>> points, Colour fill, double opacity = 1);
  void polygon(std::initializer_list<std::pair<double, double>> points, Colour fill, double opacity = 1) {
    polygon(std::span(points.begin(), points.size()), fill, opacity);
  }
  void line(std::span<const std::pair<double, double>> points, double thickness, Colour stroke);
  void line(std::initializer_list<std::pair<double, double>> points, double thickness, Colour stroke) {
    line(std::span(points.begin(), points.size()), thickness, stroke);
  }
  void fade(double y, double height, Colour top, Colour bottom);  // across the whole width
  void shade(double from_x, double to_x, double opacity);         // darkens the whole height, fading out towards to_x
  void mirror();                                                  // what follows is drawn the other way round; call again to undo

  // 3 bytes a pixel, row by row.
  std::string pixels() const;

 private:
  struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
  };
  void fill(Colour colour, double opacity);

  std::unique_ptr<cairo_surface_t, Destroy> surface_;
  std::unique_ptr<cairo_t, Destroy> context_;
};

// Parts, each standing on the ground at `y`, of about the given height.
void draw_person(Canvas& canvas, Dice& dice, double x, double y, double height);
void draw_firefighter(Canvas& canvas, Dice& dice, double x, double y, double height);
void draw_house(Canvas& canvas, Dice& dice, double x, double y, double width, double height);
void draw_block(Canvas& canvas, Dice& dice, double x, double y, double width, double height);  // of flats
void draw_tree(Canvas& canvas, Dice& dice, double x, double y, double height);
void draw_hills(Canvas& canvas, Dice& dice, double horizon, Colour near);
void draw_banner(Canvas& canvas, Dice& dice, double x, double y, double width, double height);
void draw_table(Canvas& canvas, Dice& dice, double x, double y, double width, double height);
void draw_extinguisher(Canvas& canvas, double x, double y, double height);
void draw_van(Canvas& canvas, Dice& dice, double x, double y, double width);
void draw_smoke(Canvas& canvas, Dice& dice, double x, double y, double size);
void draw_crowd(Canvas& canvas, Dice& dice, double left, double right, double y, double height, int people);
void draw_board(Canvas& canvas, Dice& dice, double x, double y, double width, double height);  // with posters
void draw_mark(Canvas& canvas);                                                                // 示例

}  // namespace wujin::images
