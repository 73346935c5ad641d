#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/clock.h"

// Pictures of the sample town, drawn by the program: plain shapes, clearly no photographs, each marked 示例 in a corner.
namespace wujin::images {

enum class Scene : std::uint8_t {
  yard,
  street,
  school,
  home,
  stall,
  drill,
  factory,
  estate,
  harvest,
  loudspeaker,
  training,
  van
};
BOOST_DESCRIBE_ENUM(Scene, yard, street, school, home, stall, drill, factory, estate, harvest, loudspeaker, training, van)

std::optional<Scene> parse_scene(std::string_view name);

inline constexpr int scene_width = 1600;
inline constexpr int scene_height = 1200;

// A JPEG of scene_width × scene_height with the moment in its EXIF and no position. The same arguments give the same bytes; other
// seeds give other pictures, further apart than near_duplicate_distance.
std::string draw_scene(Scene scene, std::uint64_t seed, Instant taken_at);

// The same picture once more as somebody would send it twice: cropped a little, brighter, saved again. A near-duplicate.
std::string draw_scene_again(Scene scene, std::uint64_t seed, Instant taken_at);

}  // namespace wujin::images
