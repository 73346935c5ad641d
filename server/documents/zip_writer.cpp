#include "documents/zip_writer.h"

#include <zlib.h>

#include <array>
#include <limits>
#include <stdexcept>

#include "documents/zip_numbers.h"

namespace wujin::documents {
namespace {

constexpr std::uint16_t method_stored = 0;
constexpr std::uint16_t method_deflated = 8;
constexpr std::uint16_t names_are_utf8 = 0x0800;
constexpr std::uint16_t sizes_stand_behind = 0x0008;
constexpr std::uint16_t version_needed = 20;
constexpr std::uint16_t midnight = 0;
constexpr std::uint16_t first_of_january_1980 = 0x0021;

constexpr int raw_deflate = -15;  // a ZIP wants the bare stream, without zlib's header
constexpr int memory_level = 8;

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::uint32_t size_of(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max() / 2) throw std::length_error("an entry of a ZIP past 2 GiB");
  return static_cast<std::uint32_t>(bytes.size());
}

}  // namespace

PackedBytes deflated(std::string_view plain) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw_deflate, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib does not start");
  }
  PackedBytes packed;
  packed.plain_size = size_of(plain);
  packed.crc32 = checksum(plain);
  packed.deflated = true;
  packed.bytes.resize(deflateBound(&stream, plain.size()));
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.bytes.data());
  stream.avail_out = static_cast<uInt>(packed.bytes.size());
  const int outcome = deflate(&stream, Z_FINISH);
  packed.bytes.resize(stream.total_out);
  deflateEnd(&stream);
  if (outcome != Z_STREAM_END) throw std::runtime_error("zlib does not finish");
  return packed;
}

struct ZipWriter::Growing {
  Growing() {
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, raw_deflate, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::runtime_error("zlib does not start");
    }
  }
  ~Growing() { deflateEnd(&stream); }
  Growing(const Growing&) = delete;
  Growing& operator=(const Growing&) = delete;

  z_stream stream{};
  std::array<char, std::size_t{64} * 1024> packed{};
};

ZipWriter::ZipWriter(Sink sink) : sink_(std::move(sink)) {}
ZipWriter::~ZipWriter() = default;

void ZipWriter::begin_growing(std::string_view name) {
  growing_ = std::make_unique<Growing>();
  begin({std::string(name), 0, 0, 0, position_, method_deflated, names_are_utf8 | sizes_stand_behind});
}

void ZipWriter::grow(std::string_view plain) {
  Entry& entry = entries_.back();
  if (plain.size() > std::numeric_limits<std::uint32_t>::max() - entry.plain_size)
    throw std::length_error("an entry of a ZIP past 4 GiB");
  const auto* bytes = reinterpret_cast<const Bytef*>(plain.data());
  entry.crc32 = static_cast<std::uint32_t>(::crc32(entry.crc32, bytes, static_cast<uInt>(plain.size())));
  entry.plain_size += static_cast<std::uint32_t>(plain.size());
  growing_->stream.next_in = const_cast<Bytef*>(bytes);
  growing_->stream.avail_in = static_cast<uInt>(plain.size());
  deflate_on(Z_NO_FLUSH);
}

void ZipWriter::end_growing() {
  growing_->stream.avail_in = 0;
  deflate_on(Z_FINISH);
  growing_.reset();
  const Entry& entry = entries_.back();
  std::string behind;
  append32(behind, 0x08074b50);
  append32(behind, entry.crc32);
  append32(behind, entry.packed_size);
  append32(behind, entry.plain_size);
  put(behind);
}

void ZipWriter::deflate_on(int flush) {
  z_stream& stream = growing_->stream;
  auto& packed = growing_->packed;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream, flush) == Z_STREAM_ERROR) throw std::runtime_error("zlib stumbles");
    const std::size_t made = packed.size() - stream.avail_out;
    put({packed.data(), made});
    entries_.back().packed_size += static_cast<std::uint32_t>(made);
  } while (stream.avail_out == 0);
}

void ZipWriter::add(std::string_view name, const PackedBytes& packed) {
  begin({std::string(name), packed.crc32, size_of(packed.bytes), packed.plain_size, position_,
         packed.deflated ? method_deflated : method_stored, names_are_utf8});
  put(packed.bytes);
}

void ZipWriter::add_deflated(std::string_view name, std::string_view plain) { add(name, deflated(plain)); }

void ZipWriter::add_stored(std::string_view name, std::string_view plain) {
  begin({std::string(name), checksum(plain), size_of(plain), size_of(plain), position_, method_stored, names_are_utf8});
  put(plain);
}

void ZipWriter::begin(const Entry& entry) {
  std::string header;
  append32(header, 0x04034b50);
  append16(header, version_needed);
  append16(header, entry.flags);
  append16(header, entry.method);
  append16(header, midnight);
  append16(header, first_of_january_1980);
  append32(header, entry.crc32);
  append32(header, entry.packed_size);
  append32(header, entry.plain_size);
  append16(header, static_cast<std::uint16_t>(entry.name.size()));
  append16(header, 0);
  header += entry.name;
  put(header);
  entries_.push_back(entry);
}

void ZipWriter::finish() {
  const std::uint32_t start = position_;
  std::string directory;
  for (const Entry& entry : entries_) {
    append32(directory, 0x02014b50);
    append16(directory, version_needed);
    append16(directory, version_needed);
    append16(directory, entry.flags);
    append16(directory, entry.method);
    append16(directory, midnight);
    append16(directory, first_of_january_1980);
    append32(directory, entry.crc32);
    append32(directory, entry.packed_size);
    append32(directory, entry.plain_size);
    append16(directory, static_cast<std::uint16_t>(entry.name.size()));
    append16(directory, 0);  // extra field
    append16(directory, 0);  // comment
    append16(directory, 0);  // disk
    append16(directory, 0);  // internal attributes
    append32(directory, 0);  // external attributes
    append32(directory, entry.offset);
    directory += entry.name;
  }
  const auto length = static_cast<std::uint32_t>(directory.size());
  append32(directory, 0x06054b50);
  append16(directory, 0);
  append16(directory, 0);
  append16(directory, static_cast<std::uint16_t>(entries_.size()));
  append16(directory, static_cast<std::uint16_t>(entries_.size()));
  append32(directory, length);
  append32(directory, start);
  append16(directory, 0);
  put(directory);
}

void ZipWriter::put(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max() - position_) throw std::length_error("a ZIP past 4 GiB");
  sink_(bytes);
  position_ += static_cast<std::uint32_t>(bytes.size());
}

}  // namespace wujin::documents
