#include "http/response_head.h"

#include <stdexcept>

namespace wujin::http {
namespace {

// Pages: everything from ourselves; pictures also from memory (blob:), as the outbox shows them.
constexpr std::string_view page_policy =
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";
// Everything else is never a page: were it opened as one, nothing in it may run.
constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

std::string_view reason(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 500:
      return "Internal Server Error";
    default:
      return "";  // may be empty: nobody reads it
  }
}

void write_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

void write_default(std::string& out, const Response& response, std::string_view name, std::string_view value) {
  if (response.header(name).empty()) write_line(out, name, value);
}

}  // namespace

std::string write_head(const Response& response, const HeadFacts& facts) {
  const auto status = static_cast<unsigned>(response.status);
  std::string out;
  out.reserve(768);
  out += "HTTP/1.1 ";
  out += std::to_string(status);
  out += ' ';
  out += reason(status);
  out += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      throw std::logic_error("header " + name + " would break the line");
    }
    write_line(out, name, value);
  }
  // A worker lives by the policy its own script came with: a service worker under the other one may fetch nothing.
  const std::string_view type = response.header("content-type");
  const bool is_page = type.starts_with("text/html") || type.starts_with("text/javascript");
  write_default(out, response, "Content-Security-Policy", is_page ? page_policy : data_policy);
  write_line(out, "X-Content-Type-Options", "nosniff");
  write_line(out, "Referrer-Policy", "same-origin");
  write_default(out, response, "Cross-Origin-Resource-Policy", "same-origin");
  write_default(out, response, "Cache-Control", "no-store");
  if (status != 204 && status != 304) write_line(out, "Content-Length", std::to_string(facts.content_length));
  write_line(out, "Date", facts.date);
  write_line(out, "X-Request-Id", facts.request_id);
  if (!facts.keep_alive) write_line(out, "Connection", "close");
  out += "\r\n";
  return out;
}

}  // namespace wujin::http
