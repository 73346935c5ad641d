#include "secrets/login.h"

#include "base/text.h"

namespace wujin::secrets {

std::string normalised_login(std::string_view login) {
  login = trimmed(login);
  std::string normal;
  normal.reserve(login.size());
  for (std::size_t i = 0; i < login.size(); ++i) {
    auto c = static_cast<unsigned char>(login[i]);
    // Chinese keyboards often stand in full-width mode: U+FF01 to U+FF5E are the printable ASCII characters again, in UTF-8
    // EF BC 81 to EF BD 9E.
    if (c == 0xEF && i + 2 < login.size()) {
      const unsigned middle = static_cast<unsigned char>(login[i + 1]), last = static_cast<unsigned char>(login[i + 2]);
      const unsigned point = 0xF000U | ((middle & 0x3FU) << 6U) | (last & 0x3FU);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        c = static_cast<unsigned char>(point - 0xFEE0);
        i += 2;
      }
    }
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
    normal += static_cast<char>(c);
  }
  return normal;
}

}  // namespace wujin::secrets
