#include "images/scene.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/json.h"
#include "images/canvas.h"
#include "images/exif_writer.h"
#include "images/stage.h"
#include "images/vips.h"

namespace wujin::images {
namespace {

void draw_yard(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  draw_village(canvas, dice, stage);
  if (dice.chance(0.6))
    draw_banner(canvas, dice, dice.between(100, 700), stage.horizon - dice.between(20, 120), dice.between(500, 800),
                dice.between(56, 90));
  const double left = dice.between(60, 500);
  draw_crowd(canvas, dice, left, left + dice.between(500, 950), dice.between(860, 980), dice.between(230, 330),
             dice.whole(5, 14));
  draw_firefighter(canvas, dice, dice.between(100, 1450), dice.between(1000, 1120), dice.between(340, 430));
}

void draw_street(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  const double foot = stage.horizon + dice.between(60, 160);
  double x = dice.between(-120, 160);
  while (x < scene_width * dice.between(0.6, 1.1)) {
    const double width = dice.between(230, 400);
    const double height = dice.between(330, 640);
    draw_block(canvas, dice, x, foot, width, height);
    constexpr std::array<std::uint32_t, 5> signs = {0xc8281e, 0x2f6f8f, 0xe9b949, 0x1e5b49, 0xd96b3a};
    const auto sign = dice.pick(signs);
    canvas.rectangle(x + 8, foot - 168, width - 16, 52, sign);
    canvas.rectangle(x + width * 0.2, foot - 152, width * 0.6, 20, lighter(sign, 0.75));
    canvas.rectangle(x + 18, foot - 112, width - 36, 112, colour(0x4a5a63));
    canvas.polygon({{x, foot - 116}, {x + width, foot - 116}, {x + width + 26, foot - 78}, {x - 26, foot - 78}},
                   lighter(sign, 0.3));
    x += width + dice.between(8, 60);
  }
  draw_crowd(canvas, dice, dice.between(0, 600), dice.between(900, 1600), dice.between(860, 1010), dice.between(240, 380),
             dice.whole(2, 7));
  if (dice.chance(0.4)) draw_van(canvas, dice, dice.between(0, 900), dice.between(980, 1120), dice.between(420, 640));
}

void draw_school(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  const double left = dice.between(-100, 420);
  const double foot = stage.horizon + dice.between(40, 110);
  draw_block(canvas, dice, left, foot, dice.between(800, 1300), dice.between(280, 480));
  const double pole = dice.between(200, 1400);
  canvas.line({{pole, foot + 90}, {pole, 120}}, 9, colour(0xb8b4ae));
  canvas.rectangle(pole + 5, 124, 150, 96, colour(0xc8281e));
  constexpr std::array<std::uint32_t, 3> tracks = {0xb5563c, 0x4f7f5c, 0x8a6f5a};
  canvas.ellipse(dice.between(400, 1200), 1130, dice.between(900, 1700), dice.between(320, 520), dice.pick(tracks));
  const int rows = dice.whole(2, 4);
  for (int row = 0; row < rows; ++row)
    draw_crowd(canvas, dice, 160 + 40 * row, dice.between(800, 1500), 860 + 80.0 * row, 190, dice.whole(3, 6));
  draw_firefighter(canvas, dice, dice.between(150, 1450), dice.between(1020, 1140), dice.between(300, 420));
}

void draw_home(Canvas& canvas, Dice& dice) {
  const auto stage = draw_indoors(canvas, dice);
  const double stove = dice.between(-60, 900);
  const double top = stage.horizon - dice.between(60, 150);
  const double width = dice.between(520, 800);
  constexpr std::array<std::uint32_t, 4> cupboards = {0x8fa9a3, 0xc9a577, 0x7d8896, 0xd9cdbb};
  const auto cupboard = dice.pick(cupboards);
  canvas.rectangle(stove, top, width, 280, cupboard);
  canvas.rectangle(stove - 12, top - 22, width + 24, 26, colour(0x54504c));
  for (int i = 0; i < 3; ++i)
    canvas.rectangle(stove + width * (i + 0.08) / 3, top + 40, width * 0.84 / 3, 200, darker(cupboard, 0.12));
  const double pot = stove + width * dice.between(0.2, 0.7);
  canvas.ellipse(pot, top - 26, 190, 26, colour(0x2f6fb5), 0.8);
  canvas.rectangle(pot - 80, top - 110, 160, 84, colour(0x6b6f75));
  canvas.rectangle(pot - 100, top - 100, 200, 14, colour(0x4a4d52));
  if (dice.chance(0.6)) {
    const double bottle = dice.between(900, 1500);
    canvas.rectangle(bottle - 60, stage.horizon - 60, 120, 250, colour(0x5f7f8f));
    canvas.ellipse(bottle, stage.horizon - 60, 120, 90, colour(0x5f7f8f));
    canvas.rectangle(bottle - 24, stage.horizon - 140, 48, 50, colour(0x4a4d52));
  }
  draw_person(canvas, dice, dice.between(150, 700), dice.between(1080, 1180), dice.between(520, 700));
  draw_firefighter(canvas, dice, dice.between(850, 1450), dice.between(1080, 1180), dice.between(560, 720));
  if (dice.chance(0.5)) draw_extinguisher(canvas, dice.between(100, 1500), dice.between(1080, 1170), dice.between(150, 230));
}

void draw_stall(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  if (dice.chance(0.5)) draw_village(canvas, dice, stage);
  const double x = dice.between(120, 700);
  const double width = dice.between(560, 860);
  const double foot = dice.between(880, 1010);
  constexpr std::array<std::uint32_t, 4> roofs = {0xc8281e, 0x2f6f8f, 0x1e5b49, 0xf4efe6};
  const auto roof = dice.pick(roofs);
  canvas.rectangle(x, foot - 560, 14, 560, colour(0xa9a6a0));
  canvas.rectangle(x + width - 14, foot - 560, 14, 560, colour(0xa9a6a0));
  canvas.polygon({{x - 50, foot - 540}, {x + width / 2, foot - dice.between(680, 780)}, {x + width + 50, foot - 540}}, roof);
  canvas.rectangle(x - 50, foot - 542, width + 100, 44, darker(roof, 0.2));
  draw_crowd(canvas, dice, x + 60, x + width - 60, foot - 40, dice.between(280, 340), dice.whole(2, 4));
  draw_table(canvas, dice, x + 40, foot + 20, width - 80, 170);
  draw_banner(canvas, dice, x + 20, foot - 490, width - 40, 58);
  draw_crowd(canvas, dice, dice.between(0, 300), dice.between(700, 1600), foot + 130, dice.between(260, 380), dice.whole(1, 5));
  if (dice.chance(0.5)) draw_board(canvas, dice, dice.chance(0.5) ? -60 : 1180, foot + 60, 430, 400);
}

void draw_drill(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  if (dice.chance(0.7))
    draw_block(canvas, dice, dice.between(-100, 900), stage.horizon + 80, dice.between(500, 900), dice.between(300, 560));
  const double fire = dice.between(250, 1350);
  const double foot = dice.between(860, 1020);
  canvas.rectangle(fire - 110, foot - 50, 220, 70, colour(0x55504c));
  draw_smoke(canvas, dice, fire, foot - 40, dice.between(420, 820));
  const double helper = fire > 800 ? fire - dice.between(300, 420) : fire + dice.between(300, 420);
  draw_firefighter(canvas, dice, helper, foot + 90, dice.between(360, 460));
  draw_extinguisher(canvas, helper + (fire > helper ? 90 : -90), foot + 60, 150);
  canvas.polygon({{helper + (fire > helper ? 100 : -100), foot - 60}, {fire, foot - 90}, {fire, foot - 10}}, colour(0xf6f6f2),
                 0.7);
  const double crowd = fire > 800 ? dice.between(0, 200) : dice.between(800, 1000);
  draw_crowd(canvas, dice, crowd, crowd + 560, foot - 30, dice.between(220, 290), dice.whole(4, 10));
}

void draw_factory(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  const double foot = stage.horizon + dice.between(60, 150);
  const double left = dice.between(-200, 500);
  const int halls = dice.whole(2, 4);
  const double width = dice.between(280, 400);
  constexpr std::array<std::uint32_t, 5> sheets = {0x8fa6b5, 0xb5a68f, 0x9fb59a, 0xc0c3c4, 0x7f93a8};
  const auto sheet = dice.pick(sheets);
  const double height = dice.between(240, 380);
  for (int i = 0; i < halls; ++i) {
    const double x = left + width * i;
    canvas.rectangle(x, foot - height, width, height, sheet);
    canvas.polygon({{x, foot - height}, {x, foot - height - 130}, {x + width, foot - height}}, darker(sheet, 0.3));
    for (int j = 1; j < 8; ++j) canvas.rectangle(x + width * j / 8, foot - height, 3, height, darker(sheet, 0.12));
    canvas.rectangle(x + width * 0.3, foot - height * 0.6, width * 0.4, height * 0.6, colour(0x4a5560));
  }
  if (dice.chance(0.6)) {
    const double chimney = dice.between(200, 1400);
    canvas.polygon(
        {{chimney - 40, foot}, {chimney - 26, foot - dice.between(520, 760)}, {chimney + 26, foot - 620}, {chimney + 40, foot}},
        colour(0x9c5b3f));
  }
  for (int i = dice.whole(1, 4); i > 0; --i) {
    const double x = dice.between(0, 1400);
    const double size = dice.between(110, 200);
    canvas.rectangle(x, foot + 130 - size, size, size, colour(0xb08a5a));
    canvas.line({{x, foot + 130 - size}, {x + size, foot + 130}}, 6, colour(0x8a6a42));
  }
  draw_crowd(canvas, dice, dice.between(100, 700), dice.between(1000, 1550), dice.between(920, 1040), dice.between(280, 360),
             dice.whole(3, 7));
  draw_firefighter(canvas, dice, dice.between(150, 1450), dice.between(1040, 1140), dice.between(380, 450));
}

void draw_estate(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  double x = dice.between(-160, 200);
  for (int i = dice.whole(2, 4); i > 0; --i) {
    const double width = dice.between(240, 460);
    draw_block(canvas, dice, x, stage.horizon + dice.between(60, 120), width, dice.between(380, 680));
    x += width + dice.between(20, 300);
  }
  for (int i = dice.whole(1, 4); i > 0; --i)
    draw_tree(canvas, dice, dice.between(0, scene_width), dice.between(760, 900), dice.between(240, 480));
  draw_board(canvas, dice, dice.between(60, 1000), dice.between(900, 1000), dice.between(380, 620), dice.between(330, 440));
  draw_crowd(canvas, dice, dice.between(0, 500), dice.between(800, 1600), dice.between(960, 1060), dice.between(260, 360),
             dice.whole(3, 8));
}

void draw_harvest(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  constexpr std::array<std::uint32_t, 4> fields = {0xd9b34a, 0xc6a53f, 0xa9b355, 0xe0c170};
  const auto field = dice.pick(fields);
  canvas.fade(stage.horizon, dice.between(180, 330), lighter(field, 0.2), field);
  for (int i = dice.whole(2, 5); i > 0; --i) {
    const double x = dice.between(60, 1540);
    const double y = stage.horizon + dice.between(100, 330);
    const double size = dice.between(120, 300);
    canvas.polygon({{x - size * 0.5, y}, {x, y - size}, {x + size * 0.5, y}}, darker(field, 0.22));
    canvas.polygon({{x, y - size}, {x + size * 0.5, y}, {x + size * 0.1, y}}, darker(field, 0.38));
  }
  draw_village(canvas, dice, stage);
  draw_crowd(canvas, dice, dice.between(60, 600), dice.between(900, 1550), dice.between(900, 1050), dice.between(260, 380),
             dice.whole(3, 8));
  if (dice.chance(0.5)) draw_banner(canvas, dice, dice.between(40, 600), dice.between(500, 700), dice.between(500, 800), 70);
}

void draw_loudspeaker(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  draw_village(canvas, dice, stage);
  const double pole = dice.between(300, 1300);
  const double foot = dice.between(940, 1080);
  const double top = dice.between(120, 320);
  canvas.line({{pole, foot}, {pole, top}}, 24, colour(0x8a8580));
  for (const double side : {-1.0, 1.0}) {
    const double size = dice.between(150, 240);
    const double y = top + dice.between(10, 120);
    canvas.polygon({{pole, y - 20}, {pole + side * size, y - size * 0.42}, {pole + side * size, y + size * 0.42}, {pole, y + 20}},
                   colour(0xc9c6c0));
    canvas.ellipse(pole + side * size, y, size * 0.28, size * 0.84, colour(0x6d6a66));
  }
  draw_board(canvas, dice, dice.between(40, 1050), foot - 60, dice.between(360, 520), dice.between(320, 420));
  draw_crowd(canvas, dice, dice.between(60, 500), dice.between(800, 1500), foot + 40, dice.between(260, 360), dice.whole(1, 6));
}

void draw_training(Canvas& canvas, Dice& dice) {
  const auto stage = draw_indoors(canvas, dice);
  const double x = dice.between(120, 860);
  const double width = dice.between(440, 640);
  constexpr std::array<std::uint32_t, 5> slides = {0x2c5f8a, 0xf4efe6, 0x1e5b49, 0xa81d16, 0x394452};
  const auto slide = dice.pick(slides);
  const double top = dice.between(100, 240);
  canvas.rectangle(x - 14, top - 14, width + 28, width * 0.6 + 28, colour(0x3a3633));
  canvas.rectangle(x, top, width, width * 0.6, slide);
  for (int i = 0; i < 4; ++i)
    canvas.rectangle(x + 40, top + 50 + 60.0 * i, (width - 80) * dice.between(0.4, 0.95), 24,
                     mixed(slide, colour(0xe9b949), 0.75));
  if (dice.chance(0.7)) draw_banner(canvas, dice, dice.between(60, 400), 34, dice.between(800, 1100), 62);
  draw_firefighter(canvas, dice, dice.chance(0.5) ? x - 90 : x + width + 90, stage.horizon + 40, dice.between(400, 480));
  for (int row = 0; row < dice.whole(2, 3); ++row) {
    const double y = 980 + 130.0 * row;
    draw_crowd(canvas, dice, 40 + 60 * dice.between(0, 3), dice.between(1100, 1580), y, 330, 4);
    canvas.rectangle(0, y - 60, dice.between(1000, scene_width), 60, mixed(colour(0x9c7a55), stage.ground, 0.2));
  }
}

void draw_van_scene(Canvas& canvas, Dice& dice) {
  const auto stage = draw_outdoors(canvas, dice);
  draw_village(canvas, dice, stage);
  draw_van(canvas, dice, dice.between(40, 700), dice.between(900, 1080), dice.between(620, 900));
  draw_crowd(canvas, dice, dice.between(40, 700), dice.between(900, 1560), dice.between(960, 1060), dice.between(260, 360),
             dice.whole(2, 6));
}

using Painter = void (*)(Canvas&, Dice&);
constexpr std::array<Painter, 12> painters = {draw_yard,    draw_street,      draw_school,   draw_home,
                                              draw_stall,   draw_drill,       draw_factory,  draw_estate,
                                              draw_harvest, draw_loudspeaker, draw_training, draw_van_scene};

std::string paint(Scene scene, std::uint64_t seed) {
  Dice dice(seed * painters.size() + static_cast<std::uint64_t>(scene) + 1);
  Canvas canvas;
  const bool mirrored = dice.chance(0.5);
  if (mirrored) canvas.mirror();
  painters[static_cast<std::size_t>(scene)](canvas, dice);
  // Where the light falls: a wall or a tree outside the picture throws its shade in from a side.
  if (dice.chance(0.7)) canvas.shade(0, dice.between(300, 1300), dice.between(0.15, 0.5));
  if (mirrored) canvas.mirror();
  draw_mark(canvas);
  return canvas.pixels();
}

}  // namespace

std::optional<Scene> parse_scene(std::string_view name) {
  std::optional<Scene> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Scene>>([&](auto scene) {
    if (name == scene.name) found = scene.value;
  });
  return found;
}

namespace {

std::string encode_jpeg(VipsImage* image, int quality) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips().vips_jpegsave_buffer(image, &bytes, &size, "Q", quality, "strip", TRUE, nullptr) != 0) {
    throw std::runtime_error("a scene cannot be saved: " + take_vips_error());
  }
  std::string jpeg(static_cast<const char*>(bytes), size);
  vips().g_free(bytes);
  return jpeg;
}

Image image_of(const std::string& pixels) {
  Image image(vips().vips_image_new_from_memory(pixels.data(), pixels.size(), scene_width, scene_height, 3, VIPS_FORMAT_UCHAR));
  if (!image) throw std::runtime_error("no memory for a scene");
  image->Type = VIPS_INTERPRETATION_sRGB;
  return image;
}

}  // namespace

std::string draw_scene(Scene scene, std::uint64_t seed, Instant taken_at) {
  const auto pixels = paint(scene, seed);
  ExifFields fields;
  fields.claims.taken_at = taken_at;
  return with_exif(encode_jpeg(image_of(pixels).get(), 84), fields);
}

std::string draw_scene_again(Scene scene, std::uint64_t seed, Instant taken_at) {
  auto pixels = paint(scene, seed);
  for (auto& value : pixels) {
    const int brighter = static_cast<unsigned char>(value) * 106 / 100 + 6;
    value = static_cast<char>(std::min(brighter, 255));
  }
  const auto whole = image_of(pixels);
  VipsImage* cropped = nullptr;
  if (vips().vips_crop(whole.get(), &cropped, 12, 9, scene_width - 24, scene_height - 18, nullptr) != 0) {
    throw std::runtime_error("a scene cannot be cropped: " + take_vips_error());
  }
  const Image owned(cropped);
  ExifFields fields;
  fields.claims.taken_at = taken_at;
  return with_exif(encode_jpeg(cropped, 72), fields);
}

}  // namespace wujin::images
