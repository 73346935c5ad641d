#include "base/digest.h"

#include <stdexcept>

#include <openssl/evp.h>

namespace wujin {

std::string sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &length, EVP_sha256(), nullptr) !=
      1)
    throw std::runtime_error("SHA-256 is not available");
  return digest;
}

}  // namespace wujin
