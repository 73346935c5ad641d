#include "uploads/tus.h"

#include <libdeflate.h>
#include <openssl/evp.h>

#include <stdexcept>

#include "base/number.h"
#include "base/text.h"

namespace wujin::uploads {
namespace {

constexpr std::size_t most_metadata = 20;
constexpr std::size_t longest_value = 1024;

Problem wrong_metadata(std::string_view expected) {
  return Problem::at("Upload-Metadata", ProblemCode::invalid, {{"expected", std::string(expected)}});
}

bool is_key(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == std::string_view::npos;
}

}  // namespace

std::optional<std::string_view> NewUpload::value(std::string_view key) const {
  for (const auto& [name, text] : metadata) {
    if (name == key) return text;
  }
  return std::nullopt;
}

Result<Metadata> parse_metadata(std::string_view header) {
  Metadata metadata;
  while (!header.empty()) {
    const auto comma = header.find(',');
    const std::string_view pair = trimmed(header.substr(0, comma));
    const auto space = pair.find(' ');
    const std::string_view key = pair.substr(0, space);
    if (!is_key(key)) return wrong_metadata("key base64");
    std::string value;
    if (space != std::string_view::npos && !from_base64(trimmed(pair.substr(space)), value)) return wrong_metadata("base64");
    if (!is_utf8_text(value) || value.size() > longest_value) return wrong_metadata("UTF-8, 1024 bytes");
    for (const auto& known : metadata) {
      if (known.first == key) return Problem::at("Upload-Metadata", ProblemCode::duplicate);
    }
    metadata.emplace_back(std::string(key), std::move(value));
    if (metadata.size() > most_metadata) return wrong_metadata("20 keys");
    if (comma == std::string_view::npos) break;
    header.remove_prefix(comma + 1);
    if (header.empty()) return wrong_metadata("key base64");
  }
  return metadata;
}

Result<std::uint64_t> parse_size(std::string_view header, std::string_view text) {
  if (text.empty()) return Problem::at(std::string(header), ProblemCode::required);
  const auto size = parse_number<std::uint64_t>(text);
  if (!size) return Problem::at(std::string(header), ProblemCode::invalid, {{"expected", "0…"}});
  return *size;
}

struct Checksum::State {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::string expected;
  std::unique_ptr<EVP_MD_CTX, Free> context;  // empty for CRC-32
  std::uint32_t crc32 = 0;
};

Checksum::Checksum(Algorithm algorithm, std::string expected) : state_(std::make_unique<State>()) {
  state_->expected = std::move(expected);
  if (algorithm == Algorithm::crc32) return;
  state_->context.reset(EVP_MD_CTX_new());
  const EVP_MD* digest = algorithm == Algorithm::sha1 ? EVP_sha1() : EVP_sha256();
  if (!state_->context || EVP_DigestInit_ex(state_->context.get(), digest, nullptr) != 1) {
    throw std::runtime_error("a digest is not available");
  }
}

Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;
Checksum::~Checksum() = default;

Result<Checksum> Checksum::parse(std::string_view header) {
  struct Known {
    std::string_view name;
    Algorithm algorithm;
    std::size_t size;
  };
  static constexpr Known known[] = {
      {"sha1", Algorithm::sha1, 20}, {"sha256", Algorithm::sha256, 32}, {"crc32", Algorithm::crc32, 4}};
  const auto space = header.find(' ');
  for (const Known& entry : known) {
    if (header.substr(0, space) != entry.name || space == std::string_view::npos) continue;
    std::string digest;
    if (from_base64(trimmed(header.substr(space)), digest) && digest.size() == entry.size) {
      return Checksum(entry.algorithm, std::move(digest));
    }
  }
  return Problem(ProblemCode::malformed, {{"what", "Upload-Checksum"}});
}

void Checksum::append(std::span<const char> bytes) {
  if (state_->context) {
    EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
  } else {
    state_->crc32 = libdeflate_crc32(state_->crc32, bytes.data(), bytes.size());
  }
}

bool Checksum::matches() const {
  std::string digest(state_->expected.size(), '\0');
  if (state_->context) {
    EVP_DigestFinal_ex(state_->context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  } else {
    for (int i = 0; i < 4; ++i) digest[static_cast<std::size_t>(i)] = static_cast<char>(state_->crc32 >> (24 - 8 * i));
  }
  return digest == state_->expected;
}

}  // namespace wujin::uploads
