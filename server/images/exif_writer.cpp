#include "images/exif_writer.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "base/calendar.h"

namespace wujin::images {
namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

enum class Kind : std::uint16_t { ascii = 2, word = 3, number = 4, rational = 5 };

// One directory of a little-endian TIFF block; what does not fit four bytes stands behind it.
class Directory {
 public:
  void add(int tag, Kind kind, std::uint32_t count, std::string bytes) {
    entries_.push_back({tag, kind, count, std::move(bytes)});
  }
  void add_text(int tag, std::string text) {
    text += '\0';
    const auto count = static_cast<std::uint32_t>(text.size());
    add(tag, Kind::ascii, count, std::move(text));
  }
  void add_number(int tag, Kind kind, std::uint32_t value) {
    std::string bytes;
    put(bytes, value, kind == Kind::word ? 2 : 4);
    add(tag, kind, 1, std::move(bytes));
  }
  bool empty() const { return entries_.empty(); }
  std::uint32_t size() const {
    std::size_t total = 2 + 12 * entries_.size() + 4;
    for (const auto& entry : entries_) total += entry.bytes.size() > 4 ? entry.bytes.size() + entry.bytes.size() % 2 : 0;
    return static_cast<std::uint32_t>(total);
  }
  // As it stands when written at `offset` of the block.
  std::string written_at(std::uint32_t offset) const {
    std::string out;
    std::string behind;
    put(out, static_cast<std::uint32_t>(entries_.size()), 2);
    const auto behind_at = offset + 2 + 12 * static_cast<std::uint32_t>(entries_.size()) + 4;
    for (const auto& entry : entries_) {
      put(out, static_cast<std::uint32_t>(entry.tag), 2);
      put(out, static_cast<std::uint32_t>(entry.kind), 2);
      put(out, entry.count, 4);
      if (entry.bytes.size() <= 4) {
        out += entry.bytes;
        out.append(4 - entry.bytes.size(), '\0');
      } else {
        put(out, behind_at + static_cast<std::uint32_t>(behind.size()), 4);
        behind += entry.bytes;
        behind.append(entry.bytes.size() % 2, '\0');
      }
    }
    put(out, 0, 4);
    return out + behind;
  }

 private:
  struct Entry {
    int tag;
    Kind kind;
    std::uint32_t count;
    std::string bytes;
  };
  std::vector<Entry> entries_;  // in rising order of tag
};

std::string degrees(double value) {
  const auto hundredths = static_cast<std::uint32_t>(std::lround(std::abs(value) * 3600 * 100));
  std::string bytes;
  for (const auto& [numerator, denominator] :
       {std::pair(hundredths / 360000, 1U), std::pair(hundredths / 6000 % 60, 1U), std::pair(hundredths % 6000, 100U)}) {
    put(bytes, numerator, 4);
    put(bytes, denominator, 4);
  }
  return bytes;
}

std::string written(Instant moment) {
  const auto text = to_string(moment);  // 2023-10-26T09:00:00.000+08:00
  return fmt::format("{}:{}:{} {}", text.substr(0, 4), text.substr(5, 2), text.substr(8, 2), text.substr(11, 8));
}

}  // namespace

std::string exif_block(const ExifFields& fields) {
  constexpr std::uint32_t head = 8;
  Directory exif;
  if (fields.claims.taken_at) {
    exif.add_text(0x9003, written(*fields.claims.taken_at));
    exif.add_text(0x9011, "+08:00");
  }
  Directory position;
  if (fields.claims.latitude && fields.claims.longitude) {
    position.add_text(1, *fields.claims.latitude < 0 ? "S" : "N");
    position.add(2, Kind::rational, 3, degrees(*fields.claims.latitude));
    position.add_text(3, *fields.claims.longitude < 0 ? "W" : "E");
    position.add(4, Kind::rational, 3, degrees(*fields.claims.longitude));
  }
  Directory first;
  first.add_number(0x0112, Kind::word, static_cast<std::uint32_t>(fields.orientation));
  const auto exif_at = head + 2 + 12 * (1 + (exif.empty() ? 0U : 1U) + (position.empty() ? 0U : 1U)) + 4;
  const auto position_at = exif_at + (exif.empty() ? 0 : exif.size());
  if (!exif.empty()) first.add_number(0x8769, Kind::number, exif_at);
  if (!position.empty()) first.add_number(0x8825, Kind::number, position_at);
  std::string block = "II*";
  block += '\0';
  put(block, head, 4);
  block += first.written_at(head);
  if (!exif.empty()) block += exif.written_at(exif_at);
  if (!position.empty()) block += position.written_at(position_at);
  return block;
}

std::string with_exif(std::string_view jpeg, const ExifFields& fields) {
  using namespace std::string_literals;
  const auto block = "Exif\0\0"s + exif_block(fields);
  const auto length = block.size() + 2;
  std::string out(jpeg.substr(0, 2));
  out += "\xff\xe1"s;
  out += static_cast<char>(length >> 8);
  out += static_cast<char>(length & 0xff);
  out += block;
  out += jpeg.substr(2);
  return out;
}

}  // namespace wujin::images
