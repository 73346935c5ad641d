// Any bytes as one request: what is accepted must keep the promises rooms rely on. Run by script/fuzz, and on its corpus by the
// tests.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "http/delivery.h"
#include "http/gzip.h"
#include "http/origin.h"
#include "http/request_parser.h"

namespace {

void demand(bool promise) {
  if (!promise) std::abort();
}

void check_decoded(const wujin::http::Request& request) {
  demand(wujin::is_utf8_text(request.path));
  demand(request.path == "*" || request.path.starts_with('/'));
  const std::string path = request.path + "/";
  demand(path.find("/../") == std::string::npos && path.find("/./") == std::string::npos);
  for (const auto& [name, value] : request.query) demand(wujin::is_utf8_text(name) && wujin::is_utf8_text(value));
}

void check_answering(wujin::http::Request& request) {
  wujin::http::Response response;
  response.body = wujin::http::FileBody{"picture", 1000};
  response.tagged("tag");
  const auto delivery = wujin::http::plan_delivery(request, response);
  if (delivery) demand(delivery->offset + delivery->length <= 1000);
  static_cast<void>(wujin::http::accepts_encoding(request, "gzip"));
  static_cast<void>(wujin::http::preferred_language(request.header("accept-language")));
  const wujin::http::ServerConfig config;
  wujin::http::place_peer(request, "10.0.0.1", config);
  static_cast<void>(wujin::http::judge_origin(request, config));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wujin::http;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto end = find_head_end(bytes, 0);
  if (!end || !*end) return 0;
  // The same end must be found when the bytes come one by one.
  std::optional<std::size_t> slowly;
  for (std::size_t count = 1; count <= size && count <= 2048 && !slowly; ++count) {
    const auto found = find_head_end(bytes.substr(0, count), count - 1);
    if (!found) break;
    slowly = *found;
  }
  demand(**end > 2048 || slowly == **end);
  RequestParser parser;
  auto head = parser.parse_head(bytes.substr(0, **end));
  if (!head) return 0;
  demand(!(head->chunked && head->content_length));
  Request request;
  const auto decoded = decode_target(head->target, request);
  request.headers = head->headers;
  if (decoded) {
    check_decoded(request);
    check_answering(request);
  }
  if (!head->chunked) return 0;
  std::string body;
  std::string_view rest = bytes.substr(**end);
  while (!rest.empty() && !parser.is_body_done()) {
    const auto taken = parser.parse_body(rest, body);
    if (!taken || *taken == 0) break;
    rest.remove_prefix(*taken);
  }
  demand(body.size() <= size);
  return 0;
}
