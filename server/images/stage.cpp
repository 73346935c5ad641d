#include "images/stage.h"

#include <array>

#include "images/scene.h"

namespace wujin::images {
namespace {

struct Light {
  std::uint32_t top, bottom, sun;
};
constexpr std::array<Light, 7> lights = {{{0x7fb2dd, 0xe6f0f4, 0xfdf3c4},
                                          {0x9fc3d8, 0xf7ead2, 0xffe7a8},
                                          {0xc3ccd2, 0xe8e9e6, 0xf2f2ee},
                                          {0x5f93c9, 0xcfe3f0, 0xfff2b8},
                                          {0xe7b98a, 0xf8e6c9, 0xffd98a},
                                          {0x93a9ba, 0xdbe0e0, 0xf1efe4},
                                          {0x6f7fa6, 0xf0c9a8, 0xffb070}}};
constexpr std::array<std::uint32_t, 7> grounds = {0xcfc3ad, 0xb9b3a6, 0xc8bfa2, 0xa7a79e, 0xd6cbb8, 0x9c9484, 0xb3a78a};
constexpr std::array<std::uint32_t, 5> greens = {0x6f8f4f, 0x7f9b58, 0x5d8050, 0x8c9a52, 0x6a8a66};
constexpr std::array<std::uint32_t, 6> rooms = {0xf0e6d4, 0xdfe7e2, 0xe8dcc8, 0xdbe2ea, 0xf3ecd9, 0xe4d6c2};
constexpr std::array<std::uint32_t, 5> floors = {0xb99b78, 0xa8a29a, 0xc7b394, 0x8f7a63, 0xb4aea4};

void draw_window(Canvas& canvas, Dice& dice) {
  const double x = dice.between(40, 1200);
  const double width = dice.between(200, 520);
  const double height = dice.between(180, 420);
  const double top = dice.between(60, 200);
  const auto view = dice.chance(0.3) ? colour(0x3d4a63) : colour(0xa9cbe0);
  canvas.rectangle(x - 16, top - 16, width + 32, height + 32, colour(0xfaf7f0));
  canvas.rectangle(x, top, width, height, view);
  canvas.rectangle(x, top + height * 0.6, width, height * 0.4, darker(dice.pick(greens), dice.between(0, 0.4)));
  canvas.rectangle(x + width / 2 - 6, top, 12, height, colour(0xfaf7f0));
}

// A way out or a tall cupboard: what tells one room from another at a glance.
void draw_doorway(Canvas& canvas, Dice& dice, const Stage& stage, Colour wall) {
  constexpr std::array<std::uint32_t, 5> doors = {0x6b4a35, 0x8a9a8f, 0xe9eef0, 0x4c5a63, 0xa8703f};
  for (int i = dice.whole(0, 2); i > 0; --i) {
    const double x = dice.between(-60, 1500);
    const double width = dice.between(180, 380);
    const double height = dice.between(360, 600);
    canvas.rectangle(x - 14, stage.horizon - height - 14, width + 28, height + 14, darker(wall, 0.3));
    canvas.rectangle(x, stage.horizon - height, width, height, dice.pick(doors));
    canvas.ellipse(x + width * 0.85, stage.horizon - height * 0.45, 20, 20, colour(0xe9b949));
  }
}

}  // namespace

Stage draw_outdoors(Canvas& canvas, Dice& dice) {
  const auto& light = lights[static_cast<std::size_t>(dice.whole(0, static_cast<int>(lights.size()) - 1))];
  Stage stage{dice.between(380, 700), dice.pick(grounds)};
  canvas.fade(0, stage.horizon, colour(light.top), colour(light.bottom));
  const double sun = dice.between(70, 210);
  canvas.ellipse(dice.between(100, 1500), dice.between(60, stage.horizon * 0.6), sun, sun, colour(light.sun), 0.95);
  for (int i = dice.whole(0, 4); i > 0; --i) {
    const double x = dice.between(0, scene_width);
    const double y = dice.between(40, stage.horizon * 0.55);
    const double size = dice.between(120, 420);
    canvas.ellipse(x, y, size, size * 0.26, colour(0xffffff), 0.75);
    canvas.ellipse(x + size * 0.2, y - size * 0.07, size * 0.55, size * 0.24, colour(0xffffff), 0.75);
  }
  draw_hills(canvas, dice, stage.horizon, dice.pick(greens));
  canvas.fade(stage.horizon, scene_height - stage.horizon, lighter(stage.ground, 0.12), darker(stage.ground, 0.18));
  if (dice.chance(0.5)) {
    const double from = dice.between(-200, 900);
    canvas.polygon({{from, scene_height},
                    {from + 330, stage.horizon},
                    {from + 420, stage.horizon},
                    {from + dice.between(700, 1100), scene_height}},
                   lighter(stage.ground, 0.28));
  }
  return stage;
}

Stage draw_indoors(Canvas& canvas, Dice& dice) {
  const auto wall = dice.pick(rooms);
  Stage stage{dice.between(640, 860), dice.pick(floors)};
  canvas.rectangle(0, 0, scene_width, stage.horizon, wall);
  canvas.fade(stage.horizon, scene_height - stage.horizon, stage.ground, darker(stage.ground, 0.2));
  if (dice.chance(0.5)) {
    const double dado = dice.between(200, 380);
    canvas.rectangle(0, stage.horizon - dado, scene_width, dado, dice.chance(0.5) ? colour(0x9fbfae) : darker(wall, 0.22));
  }
  canvas.rectangle(0, stage.horizon - 26, scene_width, 26, darker(wall, 0.25));
  draw_doorway(canvas, dice, stage, wall);
  draw_window(canvas, dice);
  return stage;
}

void draw_village(Canvas& canvas, Dice& dice, const Stage& stage) {
  double x = dice.between(-200, 300);
  for (int i = dice.whole(1, 3); i > 0; --i) {
    const double width = dice.between(320, 620);
    draw_house(canvas, dice, x, stage.horizon + dice.between(50, 130), width, dice.between(260, 460));
    x += width + dice.between(60, 480);
  }
  for (int i = dice.whole(1, 4); i > 0; --i)
    draw_tree(canvas, dice, dice.between(0, scene_width), stage.horizon + dice.between(60, 150), dice.between(220, 520));
}

}  // namespace wujin::images
