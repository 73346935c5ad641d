#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/response.h"

namespace wujin::http {

// One file of a web face as cmake/embed_web.cmake puts it into the program; squeezed forms are empty where they do not pay.
struct EmbeddedFile {
  std::string_view path;  // "/phone/assets/index-4f3a.js"
  std::string_view hash;  // hexadecimal, for the ETag
  std::string_view plain;
  std::string_view gzip;
  std::string_view brotli;
};

// Serves the web faces: hashed names for ever, index.html never from a cache, and index.html for every path of a face that is no
// file, since the face itself knows its routes.
class Assets {
 public:
  // From the program. `faces` are the folders, such as "/phone/"; a face without index.html answers that it was not built.
  Assets(std::span<const EmbeddedFile> files, std::vector<std::string> faces);
  // From a folder with one folder a face, read anew each time: for developing.
  Assets(std::filesystem::path folder, std::vector<std::string> faces);

  // For GET and HEAD; nothing when the path is of no face.
  std::optional<Response> find(const Request& request) const;

 private:
  struct Found {
    StaticBody plain;
    StaticBody gzip;
    StaticBody brotli;
    std::string text;  // when read from a folder
    std::string hash;
  };
  std::optional<Found> open(std::string_view path) const;
  Response answer(const Request& request, std::string_view path, Found found) const;

  std::map<std::string_view, const EmbeddedFile*> files_;
  std::filesystem::path folder_;
  std::vector<std::string> faces_;
};

}  // namespace wujin::http
