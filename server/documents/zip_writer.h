#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wujin::documents {

// Takes the bytes of a document as they are made, in order.
using Sink = std::function<void(std::string_view bytes)>;

// Bytes as a ZIP keeps them, made once and written many times.
struct PackedBytes {
  std::string bytes;
  std::uint32_t crc32 = 0;
  std::uint32_t plain_size = 0;
  bool deflated = false;
};

PackedBytes deflated(std::string_view plain);

// Writes a ZIP to a sink, front to back and never seeking, so that nothing but the directory is held. Every entry carries the
// same time (1980-01-01), whatever the clock and the time zone: same entries, same bytes. At most 65,535 entries and 4 GiB: the
// caller's limits lie far below.
class ZipWriter {
 public:
  explicit ZipWriter(Sink sink);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  void add(std::string_view name, const PackedBytes& packed);
  void add_deflated(std::string_view name, std::string_view plain);
  void add_stored(std::string_view name, std::string_view plain);
  // An entry of unknown length, deflated as it grows; its sizes stand behind it. Nothing else may be added before it ends. Quick
  // rather than small: what is long is made while somebody waits for it.
  void begin_growing(std::string_view name);
  void grow(std::string_view plain);
  void end_growing();
  // Writes the directory; nothing may be added after it.
  void finish();

 private:
  struct Entry {
    std::string name;
    std::uint32_t crc32;
    std::uint32_t packed_size;
    std::uint32_t plain_size;
    std::uint32_t offset;
    std::uint16_t method;
    std::uint16_t flags;
  };
  struct Growing;

  void begin(const Entry& entry);
  void deflate_on(int flush);
  void put(std::string_view bytes);

  Sink sink_;
  std::uint32_t position_ = 0;
  std::vector<Entry> entries_;
  std::unique_ptr<Growing> growing_;
};

}  // namespace wujin::documents
