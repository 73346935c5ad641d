#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "images/canvas.h"
#include "images/scene.h"

namespace wujin::images {
namespace {

constexpr std::array<std::uint32_t, 10> clothes = {0x2f4b7c, 0x8a3b3b, 0x3f6b4f, 0x7d6a99, 0xc98a3a,
                                                   0x4f8fa3, 0x5c5c66, 0xb7597a, 0x94823f, 0x2c6e63};
constexpr std::array<std::uint32_t, 4> skins = {0xe8bd96, 0xd9a77e, 0xc8936b, 0xf0cba6};
constexpr std::array<std::uint32_t, 7> walls = {0xf1e7d6, 0xe9d9bd, 0xdfe3e0, 0xf4efe6, 0xe6cfae, 0xd8dfe6, 0xefe0cf};
constexpr std::array<std::uint32_t, 6> roofs = {0x8c4a3a, 0x5b5f66, 0x9c5b3f, 0x4c5a63, 0xa8492f, 0x6d4b43};
constexpr std::array<std::uint32_t, 5> leaves = {0x4d7a45, 0x5f8a3e, 0x3d6b4a, 0x7d9440, 0x49803a};
constexpr std::array<std::uint32_t, 6> posters = {0xc8281e, 0xe9b949, 0x2f6f8f, 0xf4efe6, 0x1e5b49, 0xd96b3a};
constexpr Colour red = colour(0xc8281e);
constexpr Colour gold = colour(0xf6d977);
constexpr Colour dark = colour(0x2a2624);

// Strokes on a grid of ten by ten, as the two characters are written.
using Stroke = std::vector<std::pair<double, double>>;
const std::vector<Stroke>& first_character() {  // 示
  static const std::vector<Stroke> strokes = {
      {{2.5, 1.5}, {7.5, 1.5}}, {{1, 4}, {9, 4}}, {{5, 4}, {5, 9}, {4, 8.6}}, {{3.2, 5.6}, {1.4, 8}}, {{6.8, 5.6}, {8.6, 8}}};
  return strokes;
}
const std::vector<Stroke>& second_character() {  // 例
  static const std::vector<Stroke> strokes = {{{2.6, 1}, {1, 4.4}},
                                              {{1.9, 3}, {1.9, 9}},
                                              {{3, 2}, {6.4, 2}},
                                              {{4.6, 2}, {3.2, 5}},
                                              {{4.1, 3.7}, {6, 3.7}, {4.8, 6.8}, {3.1, 8.8}},
                                              {{4.2, 5}, {5, 6}},
                                              {{7.2, 2.6}, {7.2, 6.8}},
                                              {{9, 1.2}, {9, 9}, {8.2, 8.6}}};
  return strokes;
}

void write(Canvas& canvas, const std::vector<Stroke>& character, double x, double y, double size, Colour ink) {
  for (auto stroke : character) {
    for (auto& [px, py] : stroke) {
      px = x + px * size / 10;
      py = y + py * size / 10;
    }
    canvas.line(stroke, size / 11, ink);
  }
}

}  // namespace

void draw_person(Canvas& canvas, Dice& dice, double x, double y, double height) {
  const auto top = dice.pick(clothes);
  const auto skin = dice.pick(skins);
  const auto trousers = darker(dice.pick(clothes), 0.5);
  const double head = height * 0.15;
  canvas.ellipse(x, y, height * 0.36, height * 0.05, dark, 0.25);
  canvas.rectangle(x - height * 0.085, y - height * 0.42, height * 0.07, height * 0.41, trousers);
  canvas.rectangle(x + height * 0.015, y - height * 0.42, height * 0.07, height * 0.41, trousers);
  canvas.polygon({{x - height * 0.13, y - height * 0.8},
                  {x + height * 0.13, y - height * 0.8},
                  {x + height * 0.115, y - height * 0.38},
                  {x - height * 0.115, y - height * 0.38}},
                 top);
  const double hand = dice.between(-0.62, -0.4);
  canvas.line({{x - height * 0.12, y - height * 0.76}, {x - height * 0.2, y + height * hand}}, height * 0.055, darker(top, 0.15));
  canvas.line({{x + height * 0.12, y - height * 0.76}, {x + height * 0.19, y - height * 0.46}}, height * 0.055,
              darker(top, 0.15));
  canvas.ellipse(x, y - height * 0.89, head, head * 1.15, skin);
  canvas.ellipse(x, y - height * 0.935, head * 1.06, head * 0.72, dice.chance(0.2) ? colour(0x8a8580) : dark);
}

void draw_firefighter(Canvas& canvas, Dice& dice, double x, double y, double height) {
  const auto coat = colour(0x23406b);
  draw_person(canvas, dice, x, y, height);
  canvas.polygon({{x - height * 0.15, y - height * 0.81},
                  {x + height * 0.15, y - height * 0.81},
                  {x + height * 0.14, y - height * 0.34},
                  {x - height * 0.14, y - height * 0.34}},
                 coat);
  canvas.rectangle(x - height * 0.145, y - height * 0.55, height * 0.29, height * 0.035, colour(0xd8e36a));
  canvas.rectangle(x - height * 0.14, y - height * 0.42, height * 0.28, height * 0.03, colour(0xd8e36a));
  canvas.ellipse(x, y - height * 0.95, height * 0.2, height * 0.13, red);
  canvas.rectangle(x - height * 0.12, y - height * 0.94, height * 0.24, height * 0.025, darker(red, 0.3));
}

void draw_house(Canvas& canvas, Dice& dice, double x, double y, double width, double height) {
  const auto wall = dice.pick(walls);
  const auto roof = dice.pick(roofs);
  const double eaves = y - height * 0.66;
  canvas.rectangle(x, eaves, width, y - eaves, wall);
  canvas.rectangle(x, y - height * 0.06, width, height * 0.06, darker(wall, 0.35));
  canvas.polygon(
      {{x - width * 0.07, eaves}, {x + width * 0.14, y - height}, {x + width * 0.86, y - height}, {x + width * 1.07, eaves}},
      roof);
  for (int i = 1; i < 5; ++i) {
    const double at = y - height + (eaves - y + height) * i / 5;
    canvas.line({{x + width * (0.14 - 0.21 * i / 5), at}, {x + width * (0.86 + 0.21 * i / 5), at}}, 3, darker(roof, 0.25));
  }
  const int bays = std::max(2, static_cast<int>(width / 150));
  const int door = dice.whole(0, bays - 1);
  for (int i = 0; i < bays; ++i) {
    const double bay = width / bays;
    const double left = x + bay * i + bay * 0.26;
    if (i == door) {
      canvas.rectangle(left, y - height * 0.46, bay * 0.48, height * 0.46, colour(0x6b4a35));
      canvas.rectangle(left + bay * 0.22, y - height * 0.46, 4, height * 0.46, colour(0x4a3224));
      canvas.rectangle(left - bay * 0.09, y - height * 0.46, bay * 0.07, height * 0.4, red);
      canvas.rectangle(left + bay * 0.5, y - height * 0.46, bay * 0.07, height * 0.4, red);
    } else {
      canvas.rectangle(left - 5, y - height * 0.47, bay * 0.48 + 10, height * 0.24 + 10, colour(0xf8f6f1));
      canvas.rectangle(left, y - height * 0.47 + 5, bay * 0.48, height * 0.24, colour(0x5d7f92));
      canvas.rectangle(left + bay * 0.23, y - height * 0.47, 5, height * 0.24, colour(0xf8f6f1));
    }
  }
}

void draw_block(Canvas& canvas, Dice& dice, double x, double y, double width, double height) {
  const auto wall = dice.pick(walls);
  const int floors = std::max(3, static_cast<int>(height / 105));
  const int columns = std::max(2, static_cast<int>(width / 95));
  canvas.rectangle(x, y - height, width, height, wall);
  canvas.rectangle(x - 8, y - height - 18, width + 16, 22, darker(wall, 0.4));
  for (int floor = 0; floor < floors; ++floor) {
    const double top = y - height + height * (floor + 0.22) / floors;
    for (int column = 0; column < columns; ++column) {
      const double left = x + width * (column + 0.2) / columns;
      const auto glass = dice.chance(0.25) ? colour(0xd9e4ea) : colour(0x5f7c8d);
      canvas.rectangle(left, top, width * 0.6 / columns, height * 0.5 / floors, glass);
      if (column % 2 == 1) {
        canvas.rectangle(left - 6, top + height * 0.36 / floors, width * 0.6 / columns + 12, height * 0.22 / floors,
                         darker(wall, 0.18));
      }
    }
    canvas.rectangle(x, y - height + height * floor / floors, width, 3, darker(wall, 0.15));
  }
}

void draw_tree(Canvas& canvas, Dice& dice, double x, double y, double height) {
  const auto leaf = dice.pick(leaves);
  canvas.ellipse(x, y, height * 0.5, height * 0.06, dark, 0.2);
  canvas.polygon({{x - height * 0.03, y - height * 0.5},
                  {x + height * 0.03, y - height * 0.5},
                  {x + height * 0.045, y},
                  {x - height * 0.045, y}},
                 colour(0x6a4f3a));
  for (int i = 0; i < 6; ++i) {
    canvas.ellipse(x + height * dice.between(-0.2, 0.2), y - height * dice.between(0.5, 0.85), height * dice.between(0.26, 0.42),
                   height * dice.between(0.22, 0.36), mixed(darker(leaf, 0.2), lighter(leaf, 0.15), dice.between(0, 1)));
  }
}

void draw_hills(Canvas& canvas, Dice& dice, double horizon, Colour near) {
  const auto far = colour(0x9db3bd);
  for (int layer = 0; layer < 3; ++layer) {
    const double base = horizon - 130 + 55.0 * layer;
    const double swing = dice.between(50, 190) * (3 - layer) / 3;
    const double wave = dice.between(240, 620);
    const double phase = dice.between(0, 6.28);
    const double second = dice.between(0, 6.28);
    std::vector<std::pair<double, double>> outline = {{0, horizon + 20}};
    for (int x = 0; x <= scene_width; x += 40) {
      outline.emplace_back(x, base - swing * (0.6 + 0.5 * std::sin(x / wave + phase) + 0.25 * std::sin(x / wave * 2.7 + second)));
    }
    outline.emplace_back(scene_width, horizon + 20);
    canvas.polygon(outline, mixed(far, near, (layer + 0.6) / 3.2));
  }
}

void draw_banner(Canvas& canvas, Dice& dice, double x, double y, double width, double height) {
  canvas.line({{x, y - 30}, {x, y + height + 20}}, 6, dark);
  canvas.line({{x + width, y - 30}, {x + width, y + height + 20}}, 6, dark);
  const double sag = dice.between(0.05, 0.25) * height;
  canvas.polygon({{x, y},
                  {x + width / 2, y + sag},
                  {x + width, y},
                  {x + width, y + height},
                  {x + width / 2, y + height + sag},
                  {x, y + height}},
                 red);
  const int letters = std::max(4, static_cast<int>(width / height / 1.15) - 1);
  for (int i = 0; i < letters; ++i) {
    const double share = (i + 0.5) / letters;
    const double left = x + width * (0.05 + 0.9 * share) - height * 0.3;
    const double top = y + height * 0.2 + sag * (1 - std::abs(2 * share - 1));
    const double size = height * 0.6;
    for (int stroke = 0; stroke < 3; ++stroke) {
      const double at = top + size * (stroke + 0.3) / 3;
      canvas.rectangle(left + dice.between(0, 0.2) * size, at, size * dice.between(0.55, 0.85), std::max(2.0, size * 0.09), gold);
    }
    canvas.rectangle(left + size * dice.between(0.3, 0.6), top, std::max(2.0, size * 0.09), size, gold);
  }
}

void draw_table(Canvas& canvas, Dice& dice, double x, double y, double width, double height) {
  canvas.ellipse(x + width / 2, y, width * 1.05, height * 0.16, dark, 0.22);
  canvas.rectangle(x, y - height, width, height * 0.8, dice.chance(0.7) ? red : colour(0x2f5f8f));
  canvas.rectangle(x - 8, y - height - 10, width + 16, 16, colour(0xf3ead9));
  canvas.rectangle(x + width * 0.05, y - height * 0.2, 10, height * 0.2, dark);
  canvas.rectangle(x + width * 0.95 - 10, y - height * 0.2, 10, height * 0.2, dark);
  const int piles = std::max(3, static_cast<int>(width / 80));
  for (int i = 0; i < piles; ++i) {
    const double pile = dice.between(10, 46);
    canvas.rectangle(x + width * (i + 0.2) / piles, y - height - 10 - pile, width * 0.55 / piles, pile, dice.pick(posters));
  }
}

void draw_extinguisher(Canvas& canvas, double x, double y, double height) {
  canvas.rectangle(x - height * 0.16, y - height * 0.72, height * 0.32, height * 0.72, red);
  canvas.ellipse(x, y - height * 0.72, height * 0.32, height * 0.2, red);
  canvas.rectangle(x - height * 0.11, y - height * 0.5, height * 0.22, height * 0.22, colour(0xf8f4ea));
  canvas.rectangle(x - height * 0.05, y - height * 0.92, height * 0.1, height * 0.14, dark);
  canvas.line({{x, y - height * 0.9}, {x + height * 0.24, y - height * 0.84}, {x + height * 0.25, y - height * 0.4}},
              height * 0.06, dark);
}

void draw_van(Canvas& canvas, Dice& dice, double x, double y, double width) {
  const double height = width * 0.46;
  const auto body = dice.chance(0.5) ? red : colour(0xf4f1ea);
  canvas.ellipse(x + width / 2, y, width * 1.05, height * 0.14, dark, 0.3);
  canvas.polygon({{x, y - height * 0.14},
                  {x, y - height},
                  {x + width * 0.74, y - height},
                  {x + width * 0.9, y - height * 0.56},
                  {x + width, y - height * 0.5},
                  {x + width, y - height * 0.14}},
                 body);
  canvas.polygon({{x + width * 0.58, y - height * 0.9},
                  {x + width * 0.72, y - height * 0.9},
                  {x + width * 0.85, y - height * 0.56},
                  {x + width * 0.58, y - height * 0.56}},
                 colour(0x7fa3b5));
  canvas.rectangle(x + width * 0.05, y - height * 0.86, width * 0.46, height * 0.5, dice.pick(posters));
  canvas.rectangle(x, y - height * 0.3, width, height * 0.06, gold);
  canvas.polygon({{x + width * 0.3, y - height}, {x + width * 0.44, y - height * 1.16}, {x + width * 0.44, y - height}},
                 colour(0x555a60));
  for (const double at : {0.2, 0.8}) {
    canvas.ellipse(x + width * at, y - height * 0.1, height * 0.36, height * 0.36, dark);
    canvas.ellipse(x + width * at, y - height * 0.1, height * 0.17, height * 0.17, colour(0xb8b4ae));
  }
}

void draw_smoke(Canvas& canvas, Dice& dice, double x, double y, double size) {
  for (int i = 0; i < 7; ++i) {
    const double up = size * i / 7;
    const double across = size * (0.28 + 0.09 * i);
    canvas.ellipse(x + dice.between(-0.12, 0.2) * up, y - up, across, across * 0.8,
                   mixed(colour(0x4f4b49), colour(0xc9c5c0), i / 7.0), 0.62);
  }
  for (int i = 0; i < 5; ++i) {
    const double at = x + size * dice.between(-0.13, 0.13);
    const double tall = size * dice.between(0.1, 0.24);
    canvas.polygon({{at - size * 0.05, y}, {at, y - tall}, {at + size * 0.05, y}},
                   i % 2 == 0 ? colour(0xe8792b) : colour(0xf5c542));
  }
}

void draw_crowd(Canvas& canvas, Dice& dice, double left, double right, double y, double height, int people) {
  const int rows = people > 9 ? 3 : people > 4 ? 2 : 1;
  for (int row = 0; row < rows; ++row) {
    const int here = people / rows + (row < people % rows ? 1 : 0);
    for (int i = 0; i < here; ++i) {
      const double x = left + (right - left) * (i + dice.between(0.2, 0.8)) / here;
      draw_person(canvas, dice, x, y + height * 0.16 * row, height * dice.between(0.9, 1.08));
    }
  }
}

void draw_board(Canvas& canvas, Dice& dice, double x, double y, double width, double height) {
  canvas.rectangle(x + width * 0.06, y - height, 14, height, colour(0x6d6660));
  canvas.rectangle(x + width * 0.94 - 14, y - height, 14, height, colour(0x6d6660));
  canvas.rectangle(x, y - height, width, height * 0.72, colour(0x2f6f8f));
  canvas.rectangle(x + 12, y - height + 12, width - 24, height * 0.72 - 24, colour(0xf6f2e9));
  const int sheets = std::max(2, static_cast<int>(width / 130));
  for (int i = 0; i < sheets; ++i) {
    const double left = x + 24 + (width - 48) * i / sheets;
    const auto sheet = dice.pick(posters);
    canvas.rectangle(left, y - height * 0.94, (width - 48) / sheets - 14, height * 0.58, sheet);
    for (int text = 0; text < 4; ++text) {
      canvas.rectangle(left + 10, y - height * 0.8 + text * height * 0.09, ((width - 48) / sheets - 34) * dice.between(0.5, 1), 7,
                       lighter(sheet, 0.6));
    }
  }
}

void draw_mark(Canvas& canvas) {
  constexpr double size = 46;
  canvas.rectangle(scene_width - 134, scene_height - 74, 118, 58, colour(0xfaf8f5));
  write(canvas, first_character(), scene_width - 125, scene_height - 68, size, colour(0xa81d16));
  write(canvas, second_character(), scene_width - 73, scene_height - 68, size, colour(0xa81d16));
}

}  // namespace wujin::images
