#pragma once

#include <cstdint>
#include <string>

namespace wujin::bench {

// A JPEG of 4000 × 3000 and about 2.5 MB, as a phone takes them: a drawn scene, enlarged, with the grain of a sensor, which is
// what makes a photograph large. The same seed gives the same picture.
std::string make_picture(std::uint64_t seed);

}  // namespace wujin::bench
