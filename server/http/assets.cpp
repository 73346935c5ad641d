#include "http/assets.h"

#include <fstream>
#include <iterator>

#include "base/digest.h"
#include "base/text.h"
#include "http/gzip.h"

namespace wujin::http {
namespace {

constexpr std::string_view not_built =
    "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
    "<title>五进</title><h1>网页还没有编译</h1><p>服务器在运行，但程序里没有网页。请运行 <code>script/server</code>。</p>"
    "<p lang=\"en\">The server runs, but was built without its pages. Run <code>script/server</code>.</p></html>";

struct Type {
  std::string_view ending;
  std::string_view name;
};
constexpr Type types[] = {{".html", "text/html; charset=utf-8"},
                          {".js", "text/javascript; charset=utf-8"},
                          {".css", "text/css; charset=utf-8"},
                          {".json", "application/json"},
                          {".webmanifest", "application/manifest+json"},
                          {".svg", "image/svg+xml"},
                          {".png", "image/png"},
                          {".jpg", "image/jpeg"},
                          {".webp", "image/webp"},
                          {".ico", "image/x-icon"},
                          {".woff2", "font/woff2"},
                          {".wasm", "application/wasm"},
                          {".txt", "text/plain; charset=utf-8"}};

std::string_view type_of(std::string_view path) {
  for (const Type& type : types) {
    if (path.ends_with(type.ending)) return type.name;
  }
  return "application/octet-stream";
}

// Vite puts what it names by a hash below assets/, and nothing else.
bool is_named_by_hash(std::string_view path) { return path.find("/assets/") != std::string_view::npos; }

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Assets::Assets(std::span<const EmbeddedFile> files, std::vector<std::string> faces) : faces_(std::move(faces)) {
  for (const EmbeddedFile& file : files) files_.emplace(file.path, &file);
}

Assets::Assets(std::filesystem::path folder, std::vector<std::string> faces)
    : folder_(std::move(folder)), faces_(std::move(faces)) {}

std::optional<Assets::Found> Assets::open(std::string_view path) const {
  Found found;
  if (folder_.empty()) {
    const auto file = files_.find(path);
    if (file == files_.end()) return std::nullopt;
    found.plain.bytes = file->second->plain;
    found.gzip.bytes = file->second->gzip;
    found.brotli.bytes = file->second->brotli;
    found.hash = file->second->hash;
    return found;
  }
  // The path has no dot segments: the request was refused otherwise.
  const std::filesystem::path name = folder_ / std::filesystem::path(path.substr(1));
  if (!std::filesystem::is_regular_file(name)) return std::nullopt;
  std::ifstream stream(name, std::ios::binary);
  found.text.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  found.hash = to_hex(sha256(found.text));
  return found;
}

Response Assets::answer(const Request& request, std::string_view path, Found found) const {
  Response response;
  response.with("Content-Type", std::string(type_of(path)));
  response.with("Cache-Control", is_named_by_hash(path) ? "public, max-age=31536000, immutable" : "no-cache");
  std::string tag = found.hash.substr(0, 32);
  if (!found.text.empty()) {
    response.body = std::move(found.text);
    return std::move(response.tagged(tag));
  }
  response.body = found.plain;
  if (!found.brotli.bytes.empty() || !found.gzip.bytes.empty()) response.with("Vary", "Accept-Encoding");
  if (!found.brotli.bytes.empty() && accepts_encoding(request, "br")) {
    response.body = found.brotli;
    response.with("Content-Encoding", "br");
    tag += "-br";
  } else if (!found.gzip.bytes.empty() && accepts_encoding(request, "gzip")) {
    response.body = found.gzip;
    response.with("Content-Encoding", "gzip");
    tag += "-gz";
  }
  return std::move(response.tagged(tag));
}

std::optional<Response> Assets::find(const Request& request) const {
  const std::string_view path = request.path;
  for (const std::string& face : faces_) {
    if (path == std::string_view(face).substr(0, face.size() - 1)) return Response::redirect(face, Status::permanent_redirect);
    if (!path.starts_with(face)) continue;
    if (!path.ends_with('/')) {
      if (auto found = open(path)) return answer(request, path, std::move(*found));
    }
    // A missing script or picture must not be answered with a page; a name without a dot is a route of the face.
    const std::string_view rest = path.substr(face.size());
    if (rest.starts_with("assets/") || last_segment(path).find('.') != std::string_view::npos) return std::nullopt;
    const std::string index = face + "index.html";
    if (auto found = open(index)) return answer(request, index, std::move(*found));
    Response response;
    response.body = StaticBody{not_built};
    return std::move(response.with("Content-Type", "text/html; charset=utf-8").with("Cache-Control", "no-store"));
  }
  return std::nullopt;
}

}  // namespace wujin::http
