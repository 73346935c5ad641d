#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "files/vault.h"

struct evp_md_ctx_st;

namespace wujin::files {

// SHA-256, CRC-32 and size of bytes as they pass by. A copy remembers a point one may go back to.
class Digests {
 public:
  Digests();
  ~Digests();
  Digests(const Digests& other);
  Digests& operator=(const Digests& other);
  Digests(Digests&&) noexcept;
  Digests& operator=(Digests&&) noexcept;

  void append(std::span<const char> bytes);
  std::uint64_t size() const { return size_; }
  FileFacts facts() const;  // of what came so far

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> sha256_;
  std::uint32_t crc32_ = 0;
  std::uint64_t size_ = 0;
};

// The 32 bytes of a SHA-256 that a record keeps in hexadecimal. One that is none is a broken world and throws.
std::string stored_hash(std::string_view hexadecimal);

}  // namespace wujin::files
