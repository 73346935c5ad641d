#include "photos/photo.h"

#include <algorithm>

namespace wujin::photos {

PhotoClaims believed(const Photo& photo) {
  PhotoClaims claims = photo.claimed;
  if (!claims.taken_at) claims.taken_at = photo.exif.taken_at;
  if (!claims.latitude || !claims.longitude) {
    claims.latitude = photo.exif.latitude;
    claims.longitude = photo.exif.longitude;
  }
  return claims;
}

bool is_sha256(std::string_view text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == 64 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace wujin::photos
