#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/randomness.h"

namespace wujin::secrets {

// Encrypts single fields that must be read again (the password of a mailbox, the address of a robot), so that a copy of the
// database alone gives none of them away. XChaCha20-Poly1305 under one key a data folder.
class FieldKey {
 public:
  // The key in `file`, made first when there is none (mode 0600). Throws when the file cannot be read or is no key: without it
  // the fields are lost and have to be entered again. Servers that share a database share this file.
  static FieldKey of_file(const std::filesystem::path& file, Randomness& randomness);

  // As base64. `context` says what the field is ("reminders.mailbox/500118112000"): under another one it does not open.
  std::string seal(std::string_view plain, std::string_view context, Randomness& randomness) const;
  // Nothing for what was not sealed by this key for this context.
  std::optional<std::string> open(std::string_view sealed, std::string_view context) const;

 private:
  using Bytes = std::array<unsigned char, 32>;
  explicit FieldKey(const Bytes& bytes) : bytes_(bytes) {}

  Bytes bytes_;
};

}  // namespace wujin::secrets
