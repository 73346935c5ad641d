#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.h"

namespace wujin::http {

// The statuses of answers that are no problems; what a problem becomes stands in problem_response.cpp alone.
enum class Status : std::uint16_t {
  ok = 200,
  created = 201,
  accepted = 202,
  no_content = 204,
  partial_content = 206,
  see_other = 303,
  not_modified = 304,
  permanent_redirect = 308,
  service_unavailable = 503  // /healthz alone: its answer has a schema of its own
};

// A file sent by the kernel (sendfile); Range and If-None-Match are answered by the connection.
struct FileBody {
  std::filesystem::path path;
  std::uint64_t size = 0;
  std::shared_ptr<const void> keeper{};  // of a file that is there only for this answer: keeps it until it is sent
};

// Part of a file, sent by the kernel.
struct FilePart {
  std::filesystem::path path;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// A body whose length is known but which stands nowhere as a whole: it is made piece by piece while it is sent, from wherever a
// Range begins. The same offset gives the same bytes every time.
class Pieces {
 public:
  using Piece = std::variant<std::string, FilePart>;

  virtual ~Pieces() = default;
  virtual std::uint64_t size() const = 0;
  // Some bytes, at least one, that begin at `offset`, which lies before the end. Runs on a loop thread. Throws when they cannot
  // be had: the answer then ends short of its length, which the client notices.
  virtual Piece at(std::uint64_t offset) const = 0;
};
using PiecedBody = std::shared_ptr<const Pieces>;

// Bytes that live as long as the program, such as the embedded web faces.
struct StaticBody {
  std::string_view bytes;
};

// An answer as the rooms give it.
struct Response {
  Status status = Status::ok;
  std::vector<std::pair<std::string, std::string>> headers;  // Content-Length and Date are added by the connection
  std::variant<std::string, std::shared_ptr<const std::string>, FileBody, PiecedBody, StaticBody> body;

  static Response empty(Status status = Status::no_content);
  static Response json(std::string text, Status status = Status::ok);
  static Response redirect(std::string location, Status status = Status::see_other);
  template <class T>
  static Response of(const T& value, Status status = Status::ok) {
    return json(encode_json(value), status);
  }
  // `file_name` may hold any characters; sent as RFC 6266 filename and filename*.
  static Response document(std::string bytes, std::string content_type, std::string_view file_name);

  Response& with(std::string name, std::string value);   // adds a header; returns *this
  Response& tagged(std::string_view etag);               // ETag, quoted
  std::string_view header(std::string_view name) const;  // empty when absent; names compare without case
};

}  // namespace wujin::http
