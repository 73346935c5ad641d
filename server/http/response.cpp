#include "http/response.h"

#include <boost/beast/core/string.hpp>

#include "base/text.h"

namespace wujin::http {
namespace {

// The plain form for old clients: what is not printable ASCII becomes an underscore.
std::string ascii_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool is_plain = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '%';
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!continues) plain += is_plain ? c : '_';
  }
  return plain;
}

}  // namespace

Response Response::empty(Status status) {
  Response response;
  response.status = status;
  return response;
}

Response Response::json(std::string text, Status status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json");
  response.body = std::move(text);
  return response;
}

Response Response::redirect(std::string location, Status status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

Response Response::document(std::string bytes, std::string content_type, std::string_view file_name) {
  Response response;
  response.headers.emplace_back("Content-Type", std::move(content_type));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + ascii_name(file_name) +
                                                           "\"; filename*=UTF-8''" + percent_encoded(file_name));
  response.body = std::move(bytes);
  return response;
}

Response& Response::with(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Response& Response::tagged(std::string_view etag) { return with("ETag", "\"" + std::string(etag) + "\""); }

std::string_view Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (boost::beast::iequals(key, name)) return value;
  }
  return "";
}

}  // namespace wujin::http
