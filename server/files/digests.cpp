#include "files/digests.h"

#include <libdeflate.h>
#include <openssl/evp.h>

#include <stdexcept>

#include "base/text.h"

namespace wujin::files {
namespace {

void expect(int outcome) {
  if (outcome != 1) throw std::runtime_error("SHA-256 is not available");
}

evp_md_ctx_st* copied(const evp_md_ctx_st* context) {
  evp_md_ctx_st* copy = EVP_MD_CTX_new();
  if (!copy) throw std::bad_alloc();
  expect(EVP_MD_CTX_copy_ex(copy, context));
  return copy;
}

}  // namespace

void Digests::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Digests::Digests() : sha256_(EVP_MD_CTX_new()) {
  if (!sha256_) throw std::bad_alloc();
  expect(EVP_DigestInit_ex(sha256_.get(), EVP_sha256(), nullptr));
}

Digests::~Digests() = default;
Digests::Digests(const Digests& other) : sha256_(copied(other.sha256_.get())), crc32_(other.crc32_), size_(other.size_) {}
Digests::Digests(Digests&&) noexcept = default;
Digests& Digests::operator=(Digests&&) noexcept = default;

Digests& Digests::operator=(const Digests& other) {
  if (this != &other) *this = Digests(other);
  return *this;
}

void Digests::append(std::span<const char> bytes) {
  expect(EVP_DigestUpdate(sha256_.get(), bytes.data(), bytes.size()));
  crc32_ = libdeflate_crc32(crc32_, bytes.data(), bytes.size());  // ten times as fast as zlib's
  size_ += bytes.size();
}

FileFacts Digests::facts() const {
  const std::unique_ptr<evp_md_ctx_st, Free> finished(copied(sha256_.get()));
  FileFacts facts{std::string(32, '\0'), crc32_, size_};
  expect(EVP_DigestFinal_ex(finished.get(), reinterpret_cast<unsigned char*>(facts.sha256.data()), nullptr));
  return facts;
}

std::string stored_hash(std::string_view hexadecimal) {
  std::string bytes;
  if (!from_hex(hexadecimal, bytes)) throw std::logic_error("a stored hash is not hexadecimal");
  return bytes;
}

}  // namespace wujin::files
