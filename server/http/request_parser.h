#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/request.h"

namespace wujin::http {

// The head of a request as it came, before its target is decoded.
struct RequestHead {
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

// Reads one request off the wire with Beast's parser. Refuses whatever two parsers might understand differently: both lengths,
// a length twice, folded lines, another transfer coding than chunked.
class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  // `head` ends with the empty line. Errors: `malformed`.
  Result<RequestHead> parse_head(std::string_view head);

  // For a chunked body: takes from the front of `bytes`, adds what it decodes to `body`, answers how many it took. Needs more
  // bytes when it took none and is not done. Errors: `malformed`.
  Result<std::size_t> parse_body(std::string_view bytes, std::string& body);
  bool is_body_done() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

// Where the head that `bytes` begins with ends (just past the empty line), or nothing while it is incomplete. `seen` bytes were
// looked at before. Errors: `malformed` for what can never become a head.
Result<std::optional<std::size_t>> find_head_end(std::string_view bytes, std::size_t seen);

// Splits and decodes a target into path and query. Errors: `malformed` for bad escapes, bytes that are no text, dot segments and
// escaped slashes.
Result<> decode_target(std::string_view target, Request& request);

std::optional<Method> parse_method(std::string_view name);

}  // namespace wujin::http
