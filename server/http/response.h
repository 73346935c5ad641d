#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
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
  not_modified = 304
};

// A file sent by the kernel (sendfile); Range and If-None-Match are answered by the connection.
struct FileBody {
  std::filesystem::path path;
  std::uint64_t size = 0;
};

// An answer as the rooms give it.
struct Response {
  Status status = Status::ok;
  std::vector<std::pair<std::string, std::string>> headers;  // Content-Length and Date are added by the connection
  std::variant<std::string, std::shared_ptr<const std::string>, FileBody> body;

  static Response empty(Status status = Status::no_content);
  static Response json(std::string text, Status status = Status::ok);
  template <class T>
  static Response of(const T& value, Status status = Status::ok) {
    return json(encode_json(value), status);
  }
  // `file_name` may hold any characters; sent as RFC 6266 filename and filename*.
  static Response document(std::string bytes, std::string content_type, std::string_view file_name);

  Response& with(std::string name, std::string value);  // adds a header; returns *this
  Response& tagged(std::string_view etag);              // ETag, quoted
};

}  // namespace wujin::http
