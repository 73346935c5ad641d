#include "load/recording.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include <openssl/evp.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/randomness.h"
#include "base/text.h"

namespace wujin::bench {
namespace {

constexpr std::size_t most_sessions = 8;  // villages that record; clients share them
constexpr std::string_view no_photos = "\"photos\":[]";

struct DropDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Digest = std::unique_ptr<EVP_MD_CTX, DropDigest>;

// A JPEG whose last bytes are replaced by a comment of 16 bytes and the end marker. The hash of what comes before is taken once,
// so that a unique picture costs the client nothing.
class Payload {
 public:
  explicit Payload(const std::filesystem::path& file) : hashed_(EVP_MD_CTX_new()) {
    std::ifstream in(file, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    if (bytes_.size() < 4 || !bytes_.ends_with("\xFF\xD9")) throw std::runtime_error("no JPEG: " + file.string());
    bytes_.resize(bytes_.size() - 2);
    EVP_DigestInit_ex(hashed_.get(), EVP_sha256(), nullptr);
    EVP_DigestUpdate(hashed_.get(), bytes_.data(), bytes_.size());
  }

  const std::string& bytes() const { return bytes_; }
  // What follows `bytes()`: unique by `mark`.
  static std::string tail(const Uuid& mark) {
    std::string tail("\xFF\xFE\x00\x12", 4);
    tail.append(reinterpret_cast<const char*>(mark.bytes().data()), mark.bytes().size());
    return tail + "\xFF\xD9";
  }
  std::string sha256_with(std::string_view tail) const {
    const Digest digest(EVP_MD_CTX_new());
    EVP_MD_CTX_copy_ex(digest.get(), hashed_.get());
    EVP_DigestUpdate(digest.get(), tail.data(), tail.size());
    std::string sum(32, '\0');
    EVP_DigestFinal_ex(digest.get(), reinterpret_cast<unsigned char*>(sum.data()), nullptr);
    return to_hex(sum);
  }

 private:
  std::string bytes_;
  Digest hashed_;
};

std::string base64(std::string_view text) {
  std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

// One picture on its way.
struct Sending {
  const Payload* payload = nullptr;
  std::string id, sha256, tail;
};

class Recording : public Work {
 public:
  Recording(const Asker& asker, unsigned clients, int pictures) : host_(asker.endpoint.host), pictures_(pictures) {
    std::map<std::string, std::vector<std::string>> by_place;
    for (const Body& body : asker.town.bodies) by_place[body.place].push_back(body.text);
    const auto count = std::min({most_sessions, std::size_t{clients}, asker.town.villages.size()});
    for (std::size_t i = 0; i < count; ++i) {
      const Account& village = asker.town.villages[i * asker.town.villages.size() / count];
      writers_.push_back({sign_in(asker.endpoint, village, "phone"), by_place[village.place]});
    }
    if (pictures > 0 && asker.town.pictures.empty()) throw std::runtime_error("bench.json names no pictures");
    if (pictures > 0) {
      for (const auto& file : asker.town.pictures) payloads_.emplace_back(asker.folder / file);
    }
    sendings_.resize(clients);
  }

  int steps() const override { return 1 + pictures_; }

  Exchange exchange(unsigned client, int step) override {
    Writer& writer = writers_[client % writers_.size()];
    return step == 0 ? put(client, writer) : post(sendings_[client][static_cast<std::size_t>(step - 1)], writer);
  }

 private:
  struct Writer {
    std::string token;
    std::vector<std::string> bodies;
    std::size_t next = 0;
  };

  Exchange put(unsigned client, Writer& writer) {
    const std::string& text = writer.bodies[writer.next++ % writer.bodies.size()];
    std::string body = text;
    if (pictures_ > 0) body = replaced(text, no_photos, "\"photos\":[" + announce(client) + "]");
    Exchange exchange;
    exchange.head = "PUT /api/v1/activities/" + new_id() + " HTTP/1.1\r\nHost: " + host_ + "\r\nAuthorization: Bearer " +
                    writer.token + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n";
    exchange.tail = std::move(body);
    return exchange;
  }

  // New pictures for the client, as its activity names them.
  std::string announce(unsigned client) {
    auto& sendings = sendings_[client];
    sendings.clear();
    std::string json;
    for (int i = 0; i < pictures_; ++i) {
      const Payload& payload = payloads_[next_payload_++ % payloads_.size()];
      Sending sending;
      sending.payload = &payload;
      sending.id = new_id();
      sending.tail = Payload::tail(Uuid::random(randomness_));
      sending.sha256 = payload.sha256_with(sending.tail);
      if (i > 0) json += ',';
      json += R"({"id":")" + sending.id + R"(","bytes":)" + std::to_string(payload.bytes().size() + sending.tail.size()) +
              R"(,"sha256":")" + sending.sha256 + R"("})";
      sendings.push_back(std::move(sending));
    }
    return json;
  }

  Exchange post(const Sending& sending, const Writer& writer) const {
    const auto length = std::to_string(sending.payload->bytes().size() + sending.tail.size());
    Exchange exchange;
    exchange.head = "POST /api/v1/uploads HTTP/1.1\r\nHost: " + host_ + "\r\nAuthorization: Bearer " + writer.token +
                    "\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Length: " + length +
                    "\r\nUpload-Metadata: photo " + base64(sending.id) + ",sha256 " + base64(sending.sha256) +
                    "\r\nContent-Length: " + length + "\r\n\r\n";
    exchange.body = sending.payload->bytes();
    exchange.tail = sending.tail;
    return exchange;
  }

  // As the phone makes it.
  std::string new_id() { return Uuid::born(clock_.now(), randomness_).to_string(); }

  std::string host_;
  int pictures_;
  SystemClock clock_;
  SystemRandomness randomness_;
  std::vector<Writer> writers_;
  std::vector<Payload> payloads_;
  std::size_t next_payload_ = 0;
  std::vector<std::vector<Sending>> sendings_;
};

}  // namespace

std::unique_ptr<Work> make_recording(const Asker& asker, unsigned clients, int pictures) {
  return std::make_unique<Recording>(asker, clients, pictures);
}

}  // namespace wujin::bench
