#include "http/request_parser.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"

namespace wujin::http {
namespace {

namespace beast = boost::beast;
using boost::beast::iequals;

constexpr std::size_t most_headers = 100;
constexpr std::size_t most_query_values = 100;

Problem malformed(std::string what) { return Problem(ProblemCode::malformed, {{"what", std::move(what)}}); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool has_bare_line_feed(std::string_view text) {
  for (auto feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1)) {
    if (feed == 0 || text[feed - 1] != '\r') return true;
  }
  return false;
}

}  // namespace

// Notes what Beast reads; Beast's own field container is left out, since the rooms see plain pairs anyway.
class RequestParser::Parser final : public beast::http::basic_parser<true> {
 public:
  RequestHead head;
  unsigned version = 0;
  std::string* body = nullptr;

 private:
  using Error = beast::error_code;

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int http_version,
                       Error&) override {
    head.method = std::string(method);
    head.target = std::string(target);
    version = static_cast<unsigned>(http_version);
  }
  void on_response_impl(int, beast::string_view, int, Error&) override {}
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, Error& error) override {
    if (head.headers.size() == most_headers) {
      error = beast::http::error::header_limit;
      return;
    }
    head.headers.emplace_back(lower(std::string_view(name.data(), name.size())), std::string(value));
  }
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(beast::string_view bytes, Error&) override { return bytes.size(); }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, Error&) override {
    body->append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_finish_impl(Error&) override {}
};

namespace {

Result<> judge_framing(RequestHead& head, unsigned version) {
  int lengths = 0;
  int codings = 0;
  int hosts = 0;
  for (const auto& [name, value] : head.headers) {
    if (name == "content-length") {
      ++lengths;
      if (value.find_first_not_of("0123456789") != std::string::npos) return malformed("Content-Length");  // "5, 5" too
    }
    if (name == "host") ++hosts;
    if (name == "expect") head.expects_continue = iequals(value, "100-continue");
    if (name == "transfer-encoding") {
      ++codings;
      if (!iequals(value, "chunked")) return malformed("Transfer-Encoding");
    }
    if (value.find('\0') != std::string::npos) return malformed(name);
  }
  if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0)) return malformed("Content-Length");
  if (codings > 0 && version < 11) return malformed("Transfer-Encoding");
  if (hosts > 1 || (hosts == 0 && version == 11)) return malformed("Host");
  head.chunked = codings > 0;
  return {};
}

}  // namespace

RequestParser::RequestParser() = default;
RequestParser::~RequestParser() = default;

Result<RequestHead> RequestParser::parse_head(std::string_view head) {
  parser_ = std::make_unique<Parser>();
  parser_->header_limit(static_cast<std::uint32_t>(head.size() + 1));
  parser_->body_limit(boost::none);
  if (head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos) {
    return malformed("folded header");
  }
  beast::error_code error;
  std::size_t taken = 0;
  while (taken < head.size() && !parser_->is_header_done() && !error) {
    taken += parser_->put(boost::asio::const_buffer(head.data() + taken, head.size() - taken), error);
    if (error == beast::http::error::need_more) break;
  }
  if (error || !parser_->is_header_done() || taken != head.size()) return malformed("HTTP");
  if (parser_->version != 10 && parser_->version != 11) return malformed("HTTP version");
  if (auto framing = judge_framing(parser_->head, parser_->version); !framing) return framing.error();
  RequestHead result = std::move(parser_->head);
  result.keep_alive = parser_->keep_alive();
  if (const auto length = parser_->content_length()) result.content_length = *length;
  return result;
}

Result<std::size_t> RequestParser::parse_body(std::string_view bytes, std::string& body) {
  parser_->body = &body;
  beast::error_code error;
  std::size_t taken = 0;
  while (taken < bytes.size() && !parser_->is_done()) {
    const std::size_t now = parser_->put(boost::asio::const_buffer(bytes.data() + taken, bytes.size() - taken), error);
    taken += now;
    if (error == beast::http::error::need_more) break;
    if (error) return malformed("chunked body");
    if (now == 0) break;
  }
  // What is left then is the beginning of a chunk's header or of the trailer.
  if (error && has_bare_line_feed(bytes.substr(taken))) return malformed("chunked body");
  return taken;
}

bool RequestParser::is_body_done() const { return parser_->is_done(); }

Result<std::optional<std::size_t>> find_head_end(std::string_view bytes, std::size_t seen) {
  if (bytes.empty()) return std::optional<std::size_t>();
  if (bytes.front() < 'A' || bytes.front() > 'Z') return malformed("HTTP");
  const std::size_t from = seen < 3 ? 0 : seen - 3;
  const auto end = bytes.find("\r\n\r\n", from);
  const std::string_view head = bytes.substr(0, end == std::string_view::npos ? end : end + 4);
  for (auto feed = head.find('\n', from); feed != std::string_view::npos; feed = head.find('\n', feed + 1)) {
    if (head[feed - 1] != '\r') return malformed("bare line feed");
  }
  if (end == std::string_view::npos) return std::optional<std::size_t>();
  return std::optional<std::size_t>(end + 4);
}

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus : std::uint8_t { is_plus, is_space };

// False for an escape that is none, and for what decodes to no text.
bool percent_decoded(std::string_view text, Plus plus, std::string& out) {
  out.clear();
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return false;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus == Plus::is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return is_utf8_text(out);
}

bool is_safe_path(std::string_view raw) {
  while (!raw.empty()) {
    raw.remove_prefix(1);
    const auto slash = raw.find('/');
    const std::string_view segment = raw.substr(0, slash);
    std::string decoded;
    if (!percent_decoded(segment, Plus::is_plus, decoded)) return false;
    if (decoded == "." || decoded == "..") return false;
    if (decoded.find_first_of("/\\") != std::string::npos) return false;
    if (slash == std::string_view::npos) return true;
    raw.remove_prefix(slash);
  }
  return true;
}

Result<> decode_query(std::string_view query, Request& request) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    std::string name;
    std::string value;
    const auto text = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    if (!percent_decoded(pair.substr(0, equals), Plus::is_space, name)) return malformed("query");
    if (!percent_decoded(text, Plus::is_space, value)) return malformed("query");
    if (request.query.size() == most_query_values) return malformed("query");
    request.query.emplace_back(std::move(name), std::move(value));
  }
  return {};
}

}  // namespace

Result<> decode_target(std::string_view target, Request& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;  // the absolute form, which servers must accept
    const auto slash = target.find_first_of("/?", scheme.size());
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
    break;
  }
  if (target == "*") {
    request.path = "*";
    return {};
  }
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return malformed("path");
  const auto question = target.find('?');
  const std::string_view path = target.substr(0, question);
  if (!is_safe_path(path) || !percent_decoded(path, Plus::is_plus, request.path)) return malformed("path");
  if (question == std::string_view::npos) return {};
  return decode_query(target.substr(question + 1), request);
}

std::optional<Method> parse_method(std::string_view name) {
  if (name == "GET") return Method::get;
  if (name == "HEAD") return Method::head;
  if (name == "POST") return Method::post;
  if (name == "PUT") return Method::put;
  if (name == "PATCH") return Method::patch;
  if (name == "DELETE") return Method::delete_;
  if (name == "OPTIONS") return Method::options;
  return std::nullopt;
}

}  // namespace wujin::http
