#include "secrets/token.h"

#include <sodium.h>

#include "base/text.h"

namespace wujin::secrets {

std::string make_token(Randomness& randomness) {
  std::array<std::byte, 32> bytes;
  randomness.fill(bytes);
  return to_base64_url(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

TokenDigest digest_of(std::string_view token) {
  TokenDigest digest;
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  return digest;
}

bool is_equal_in_constant_time(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace wujin::secrets
