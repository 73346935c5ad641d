#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "base/result.h"
#include "base/task.h"

namespace wujin::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options };

// The body as it arrives, for routes that stream (uploads). Waits carry a deadline and a least rate.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // The next piece, at most 256 KiB, empty at the end. Valid until the next call.
  virtual Task<Result<std::span<const char>>> next() = 0;
};

// One request as the rooms see it: plain data, no Beast.
struct Request {
  Method method = Method::get;
  std::string path;                                             // decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;       // decoded
  std::vector<std::pair<std::string, std::string>> headers;     // names in lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // {place} and the like, of the route that matched
  std::string body;                                             // whole, within the route's limit; empty when the route streams
  std::optional<std::uint64_t> content_length;
  BodyStream* stream = nullptr;  // only when the route streams
  std::string remote_address;
  std::string request_id;
  Language language = Language::chinese;
  bool secure = false;    // arrived over TLS, by ourselves or by a proxy we trust
  bool loopback = false;  // the peer is this very machine

  std::string_view header(std::string_view lower_case_name) const;  // empty when absent
  std::optional<std::string_view> query_value(std::string_view name) const;
  std::string_view parameter(std::string_view name) const;  // the route has it, or it throws
  std::optional<std::string_view> cookie(std::string_view name) const;
};

}  // namespace wujin::http
