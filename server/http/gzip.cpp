#include "http/gzip.h"

#include <zlib.h>

#include <boost/beast/core/string.hpp>

#include "base/text.h"

namespace wujin::http {
namespace {

// Below the first nothing is saved on the wire; above the second it would hold the loop for too long.
constexpr std::size_t least_bytes = 1024;
constexpr std::size_t most_bytes = 512 * 1024;

bool is_squeezable(std::string_view type) { return type.starts_with("application/json") || type.starts_with("text/"); }

std::string gzipped(std::string_view text) {
  z_stream stream{};
  constexpr int window_with_gzip_header = 15 + 16;
  if (deflateInit2(&stream, 1, Z_DEFLATED, window_with_gzip_header, 8, Z_DEFAULT_STRATEGY) != Z_OK) return "";
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(is_done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace

bool accepts_encoding(const Request& request, std::string_view coding) {
  std::string_view rest = request.header("accept-encoding");
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string_view entry = trimmed(rest.substr(0, comma));
    const auto semicolon = entry.find(';');
    if (boost::beast::iequals(trimmed(entry.substr(0, semicolon)), coding)) {
      const std::string_view weight = semicolon == std::string_view::npos ? "" : trimmed(entry.substr(semicolon + 1));
      return weight.find_first_not_of("q=0.") != std::string_view::npos || weight.empty();
    }
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return false;
}

void gzip_if_worthwhile(const Request& request, Response& response) {
  // Only reads: an answer to a write may hold a token beside what the client sent, and length would tell of it.
  if (request.method != Method::get && request.method != Method::head) return;
  auto* text = std::get_if<std::string>(&response.body);
  if (!text || text->size() < least_bytes || text->size() > most_bytes) return;
  if (!is_squeezable(response.header("content-type")) || !response.header("content-encoding").empty()) return;
  response.with("Vary", "Accept-Encoding");
  if (!accepts_encoding(request, "gzip")) return;
  std::string squeezed = gzipped(*text);
  if (squeezed.empty() || squeezed.size() >= text->size()) return;
  *text = std::move(squeezed);
  response.with("Content-Encoding", "gzip");
}

}  // namespace wujin::http
