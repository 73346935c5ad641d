#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/id.h"

// One picture: announced by whoever recorded something, received by upload, in any order.
namespace wujin::photos {

// How far the renditions are. A picture that cannot be decoded is kept as received and said to be so.
enum class Drawing : std::uint8_t { waiting, ready, unreadable };
BOOST_DESCRIBE_ENUM(Drawing, waiting, ready, unreadable)

// What a phone or a camera says of a picture: claims, never proof.
struct PhotoClaims {
  std::optional<Instant> taken_at;
  std::optional<double> latitude;
  std::optional<double> longitude;
};

struct Photo {
  Id<Photo> id;
  std::optional<Uuid> owner;  // the record that shows it; none: bound to its uploader until claimed
  std::string campaign;       // of the owner; near-duplicates are told within one
  std::optional<Uuid> uploader;
  std::int64_t bytes = 0;              // as received; as announced until then
  std::string sha256;                  // lower-case hexadecimal; likewise
  std::optional<Instant> received_at;  // none: announced only
  std::optional<std::int64_t> crc32;
  PhotoClaims claimed;  // by the phone
  // Read from the file, off the acknowledged path.
  Drawing drawing = Drawing::waiting;
  std::string media_type;  // empty until read
  std::optional<int> width;
  std::optional<int> height;
  PhotoClaims exif;
};

// What the phone says, and where it says nothing, what the camera wrote.
PhotoClaims believed(const Photo& photo);

// The sizes that are drawn, by their longer side.
enum class Size : std::uint8_t { small, large };
constexpr int side_of(Size size) { return size == Size::small ? 320 : 1280; }

// A picture nobody claimed is forgotten after so long: a phone may stay without signal for weeks, but sends the record first.
inline constexpr std::chrono::hours orphan_age{24 * 14};

inline constexpr std::int64_t largest_photo = 50 * 1024 * 1024;

bool is_sha256(std::string_view text);  // 64 digits of lower-case hexadecimal

}  // namespace wujin::photos
