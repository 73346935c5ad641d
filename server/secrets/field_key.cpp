#include "secrets/field_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/text.h"

namespace wujin::secrets {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  throw std::system_error(errno, std::generic_category(), file.string() + ": " + what);
}

// Written aside and linked into place whole: a key that a crash cut short would never open anything again.
void make_key(const std::filesystem::path& file, Randomness& randomness) {
  std::array<std::byte, 32> key;
  randomness.fill(key);
  const auto aside = file.string() + "." + std::to_string(getpid());
  unlink(aside.c_str());
  const int made = open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) fail(file, "cannot be made");
  const bool is_written = write(made, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(made) == 0;
  close(made);
  if (!is_written) fail(file, "cannot be written");
  // Another process may have been first; then its key is the one.
  if (link(aside.c_str(), file.c_str()) != 0 && errno != EEXIST) fail(file, "cannot be put in place");
  unlink(aside.c_str());
}

}  // namespace

FieldKey FieldKey::of_file(const std::filesystem::path& file, Randomness& randomness) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  if (!std::filesystem::exists(file)) make_key(file, randomness);
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) fail(file, "cannot be read");
  std::array<unsigned char, 33> bytes{};
  const auto size = read(opened, bytes.data(), bytes.size());
  fchmod(opened, S_IRUSR | S_IWUSR);
  close(opened);
  Bytes key;
  if (size != static_cast<ssize_t>(key.size())) throw std::runtime_error(file.string() + " is not a key of 32 bytes");
  std::copy_n(bytes.begin(), key.size(), key.begin());
  return FieldKey(key);
}

std::string FieldKey::seal(std::string_view plain, std::string_view context, Randomness& randomness) const {
  std::array<std::byte, nonce_size> nonce;
  randomness.fill(nonce);
  std::string out(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  out.resize(nonce_size + plain.size() + tag_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()) + nonce_size, nullptr, bytes_of(plain),
                                             plain.size(), bytes_of(context), context.size(), nullptr, bytes_of(out),
                                             bytes_.data());
  return to_base64(out);
}

std::optional<std::string> FieldKey::open(std::string_view sealed, std::string_view context) const {
  std::string bytes;
  if (!from_base64(sealed, bytes) || bytes.size() < nonce_size + tag_size) return std::nullopt;
  std::string plain(bytes.size() - nonce_size - tag_size, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, bytes_of(bytes) + nonce_size, bytes.size() - nonce_size,
      bytes_of(context), context.size(), bytes_of(bytes), bytes_.data());
  return opened == 0 ? std::optional(plain) : std::nullopt;
}

}  // namespace wujin::secrets
