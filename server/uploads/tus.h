#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "uploads/uploads.h"

// What tus 1.0 writes in headers.
namespace wujin::uploads {

inline constexpr std::string_view tus_version = "1.0.0";
inline constexpr std::string_view tus_extensions = "creation,creation-with-upload,checksum,termination,expiration";
inline constexpr std::string_view tus_checksums = "sha1,sha256,crc32";

// "photo MGY4Z…,filename 5LiJ": keys once each, values base64 of UTF-8 text. Errors: `validation` naming Upload-Metadata.
Result<Metadata> parse_metadata(std::string_view header);

// A count of bytes. Errors: `validation` naming `header`.
Result<std::uint64_t> parse_size(std::string_view header, std::string_view text);

// What a chunk is to hash to: "sha256 uU0n…".
class Checksum {
 public:
  // Errors: `malformed` for an algorithm we do not know or a digest that is none, as tus demands.
  static Result<Checksum> parse(std::string_view header);

  Checksum(Checksum&&) noexcept;
  Checksum& operator=(Checksum&&) noexcept;
  ~Checksum();

  void append(std::span<const char> bytes);
  bool matches() const;  // once the whole chunk was appended

 private:
  enum class Algorithm : std::uint8_t { sha1, sha256, crc32 };
  struct State;
  Checksum(Algorithm algorithm, std::string expected);
  std::unique_ptr<State> state_;
};

}  // namespace wujin::uploads
