#include "documents/stored_zip.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <stdexcept>

#include "base/calendar.h"
#include "documents/zip_numbers.h"

namespace wujin::documents {
namespace {

// A field that holds its largest number says: look into ZIP64.
constexpr std::uint64_t full16 = 0xffff;
constexpr std::uint64_t full32 = 0xffffffff;

constexpr std::uint16_t needs_plain = 10;
constexpr std::uint16_t needs_zip64 = 45;
constexpr std::uint16_t made_on_unix = (3 << 8) | 45;
constexpr std::uint16_t names_are_utf8 = 0x0800;
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t zip64_field = 1;
constexpr std::uint32_t plain_file_all_may_read = 0100644u << 16;

constexpr std::uint64_t local_bytes = 30;
constexpr std::uint64_t entry_bytes = 46;
constexpr std::uint64_t field_head_bytes = 4;
constexpr std::uint64_t zip64_end_bytes = 56;

// The directory is made in pieces of about this size.
constexpr std::size_t directory_piece = 64 * 1024;

std::uint16_t low16(std::uint64_t number) { return static_cast<std::uint16_t>(std::min(number, full16)); }
std::uint32_t low32(std::uint64_t number) { return static_cast<std::uint32_t>(std::min(number, full32)); }
bool is_large(const StoredFile& file) { return file.size >= full32; }

std::uint64_t local_size(const StoredFile& file) {
  return local_bytes + file.name.size() + (is_large(file) ? field_head_bytes + 16 : 0);
}

// Of the ZIP64 field of a file's entry in the directory, without its head.
std::uint64_t wide_bytes(const StoredFile& file, std::uint64_t header) {
  return (is_large(file) ? 16u : 0u) + (header >= full32 ? 8u : 0u);
}

std::uint64_t entry_size(const StoredFile& file, std::uint64_t header) {
  const std::uint64_t wide = wide_bytes(file, header);
  return entry_bytes + file.name.size() + (wide > 0 ? field_head_bytes + wide : 0);
}

void append_time(std::string& out, Instant modified) {
  using std::chrono::floor;
  const auto local = modified + china_offset;
  const std::chrono::hh_mm_ss time(floor<std::chrono::seconds>(local - floor<std::chrono::days>(local)));
  const Date date = china_date(modified);
  const int year = std::clamp(static_cast<int>(date.year()), 1980, 2107) - 1980;
  append16(out,
           static_cast<std::uint16_t>(time.hours().count() << 11 | time.minutes().count() << 5 | time.seconds().count() / 2));
  append16(out, static_cast<std::uint16_t>(static_cast<unsigned>(year) << 9 | static_cast<unsigned>(date.month()) << 5 |
                                           static_cast<unsigned>(date.day())));
}

// What a file's header and its entry in the directory have in common, from the version needed to the length of the name.
void append_facts(std::string& out, const StoredFile& file, bool is_wide) {
  append16(out, is_wide ? needs_zip64 : needs_plain);
  append16(out, names_are_utf8);
  append16(out, stored);
  append_time(out, file.modified);
  append32(out, file.crc32);
  append32(out, low32(file.size));
  append32(out, low32(file.size));
  append16(out, static_cast<std::uint16_t>(file.name.size()));
}

std::string header_of(const StoredFile& file) {
  std::string out;
  append32(out, 0x04034b50);
  append_facts(out, file, is_large(file));
  append16(out, is_large(file) ? static_cast<std::uint16_t>(field_head_bytes + 16) : 0);
  out += file.name;
  if (is_large(file)) {
    append16(out, zip64_field);
    append16(out, 16);
    append64(out, file.size);
    append64(out, file.size);
  }
  return out;
}

void append_entry(std::string& out, const StoredFile& file, std::uint64_t header) {
  const auto wide = static_cast<std::uint16_t>(wide_bytes(file, header));
  append32(out, 0x02014b50);
  append16(out, made_on_unix);
  append_facts(out, file, wide > 0);
  append16(out, wide > 0 ? static_cast<std::uint16_t>(field_head_bytes + wide) : 0);
  append16(out, 0);  // comment
  append16(out, 0);  // disk
  append16(out, 0);  // internal attributes
  append32(out, plain_file_all_may_read);
  append32(out, low32(header));
  out += file.name;
  if (wide == 0) return;
  append16(out, zip64_field);
  append16(out, wide);
  if (is_large(file)) {
    append64(out, file.size);
    append64(out, file.size);
  }
  if (header >= full32) append64(out, header);
}

std::string end_of_zip(std::uint64_t count, std::uint64_t directory, std::uint64_t directory_size) {
  std::string out;
  if (count >= full16 || directory >= full32 || directory_size >= full32) {
    append32(out, 0x06064b50);
    append64(out, zip64_end_bytes - 12);  // of what follows
    append16(out, made_on_unix);
    append16(out, needs_zip64);
    append32(out, 0);  // this disk
    append32(out, 0);  // the directory's
    append64(out, count);
    append64(out, count);
    append64(out, directory_size);
    append64(out, directory);
    append32(out, 0x07064b50);
    append32(out, 0);
    append64(out, directory + directory_size);
    append32(out, 1);  // disks in all
  }
  append32(out, 0x06054b50);
  append16(out, 0);
  append16(out, 0);
  append16(out, low16(count));
  append16(out, low16(count));
  append32(out, low32(directory_size));
  append32(out, low32(directory));
  append16(out, 0);  // comment
  return out;
}

}  // namespace

StoredZip::StoredZip(std::vector<StoredFile> files) : files_(std::move(files)) {
  places_.reserve(files_.size());
  for (const StoredFile& file : files_) {
    if (file.name.size() > full16) throw std::length_error("a name in a ZIP past 65,535 bytes");
    places_.push_back({directory_, directory_size_});
    directory_size_ += entry_size(file, directory_);
    directory_ += local_size(file) + file.size;
  }
  end_ = end_of_zip(files_.size(), directory_, directory_size_);
}

std::variant<std::string, StoredZip::Content> StoredZip::at(std::uint64_t offset) const {
  if (offset >= size()) throw std::out_of_range("beyond the end of a ZIP");
  if (offset >= directory_) return directory_from(offset - directory_);
  const auto next = std::ranges::upper_bound(places_, offset, {}, &Place::header);
  const auto number = static_cast<std::size_t>(next - places_.begin()) - 1;
  const StoredFile& file = files_[number];
  const std::uint64_t within = offset - places_[number].header;
  const std::uint64_t before = local_size(file);
  if (within < before) return header_of(file).substr(within);
  return Content{number, within - before, file.size - (within - before)};
}

std::string StoredZip::directory_from(std::uint64_t offset) const {
  if (offset >= directory_size_) return end_.substr(offset - directory_size_);
  const auto next = std::ranges::upper_bound(places_, offset, {}, &Place::directory);
  auto number = static_cast<std::size_t>(next - places_.begin()) - 1;
  const std::uint64_t skipped = offset - places_[number].directory;
  std::string out;
  for (; number < files_.size() && out.size() < directory_piece; ++number) {
    append_entry(out, files_[number], places_[number].header);
  }
  return out.substr(skipped);
}

}  // namespace wujin::documents
