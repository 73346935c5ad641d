#include "images/exif.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <libexif/exif-data.h>

#include "base/calendar.h"
#include "images/container.h"

namespace wujin::images {
namespace {

struct UnrefExif {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};
using Exif = std::unique_ptr<ExifData, UnrefExif>;

constexpr std::size_t largest_block = 1 << 20;

Exif parse(Bytes tiff) {
  if (tiff.size() < 8 || tiff.size() > largest_block) return nullptr;
  std::vector<unsigned char> block = {'E', 'x', 'i', 'f', 0, 0};
  block.resize(6 + tiff.size());
  std::memcpy(block.data() + 6, tiff.data(), tiff.size());
  Exif data(exif_data_new());
  if (!data) return nullptr;
  exif_data_load_data(data.get(), block.data(), static_cast<unsigned int>(block.size()));
  return data;
}

const ExifEntry* entry_of(const Exif& data, ExifIfd part, ExifTag tag, ExifFormat format, unsigned long components) {
  const auto* entry = exif_content_get_entry(data->ifd[part], tag);
  if (entry == nullptr || entry->data == nullptr || entry->format != format || entry->components < components) return nullptr;
  if (entry->size < exif_format_get_size(format) * components) return nullptr;
  return entry;
}

std::string text_of(const Exif& data, ExifIfd part, ExifTag tag) {
  const auto* entry = entry_of(data, part, tag, EXIF_FORMAT_ASCII, 1);
  if (entry == nullptr) return {};
  const std::string_view text(reinterpret_cast<const char*>(entry->data), entry->size);
  return std::string(text.substr(0, text.find('\0')));
}

// "2023:10:26 09:12:30", and perhaps "+08:00" in a tag of its own (EXIF 2.31).
std::optional<Instant> moment(std::string text, const std::string& offset) {
  if (text.size() < 19) return std::nullopt;
  text.resize(19);
  text[4] = '-';
  text[7] = '-';
  text[10] = 'T';
  const bool has_offset = offset.size() == 6 && (offset[0] == '+' || offset[0] == '-');
  auto parsed = parse_instant(text + (has_offset ? offset : "+08:00"));
  if (!parsed && has_offset) parsed = parse_instant(text + "+08:00");
  if (!parsed) return std::nullopt;
  // A camera whose clock was never set says 1970 or 1980.
  if (china_date(*parsed).year() < std::chrono::year(1990)) return std::nullopt;
  return *parsed;
}

std::optional<double> degrees(const Exif& data, int value_tag, int reference_tag, std::string_view negative, double limit) {
  const auto* entry = entry_of(data, EXIF_IFD_GPS, static_cast<ExifTag>(value_tag), EXIF_FORMAT_RATIONAL, 3);
  if (entry == nullptr) return std::nullopt;
  const auto order = exif_data_get_byte_order(data.get());
  double value = 0;
  double share = 1;
  for (int i = 0; i < 3; ++i) {
    const auto part = exif_get_rational(entry->data + static_cast<std::ptrdiff_t>(8) * i, order);
    // Cameras that know no seconds write 0/0.
    if (part.denominator != 0) value += share * part.numerator / part.denominator;
    if (part.denominator == 0 && i == 0) return std::nullopt;
    share /= 60;
  }
  if (!(value <= limit)) return std::nullopt;
  return text_of(data, EXIF_IFD_GPS, static_cast<ExifTag>(reference_tag)) == negative ? -value : value;
}

void read_position(const Exif& data, ExifClaims& claims) {
  const auto latitude = degrees(data, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, "S", 90);
  const auto longitude = degrees(data, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF, "W", 180);
  if (!latitude || !longitude) return;
  // Zero, zero is what a phone without a fix writes, not a boat off Africa.
  if (*latitude == 0 && *longitude == 0) return;
  claims.latitude = latitude;
  claims.longitude = longitude;
}

}  // namespace

ExifClaims read_exif(std::span<const std::byte> file) {
  ExifClaims claims;
  const auto container = walk(file);
  if (!container) return claims;
  const auto data = parse(container->exif);
  if (!data) return claims;
  constexpr std::array<std::pair<ExifTag, ExifTag>, 2> moments = {
      {{EXIF_TAG_DATE_TIME_ORIGINAL, EXIF_TAG_OFFSET_TIME_ORIGINAL},
       {EXIF_TAG_DATE_TIME_DIGITIZED, EXIF_TAG_OFFSET_TIME_DIGITIZED}}};
  for (const auto& [at, offset] : moments) {
    if (!claims.taken_at) claims.taken_at = moment(text_of(data, EXIF_IFD_EXIF, at), text_of(data, EXIF_IFD_EXIF, offset));
  }
  read_position(data, claims);
  return claims;
}

int orientation_of(std::span<const std::byte> tiff) {
  const auto data = parse(tiff);
  if (!data) return 1;
  const auto* entry = entry_of(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, EXIF_FORMAT_SHORT, 1);
  if (entry == nullptr) return 1;
  const int value = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return value >= 1 && value <= 8 ? value : 1;
}

}  // namespace wujin::images
