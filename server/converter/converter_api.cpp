#include "converter/converter_api.h"

#include <filesystem>
#include <span>
#include <stdexcept>
#include <vector>

#include "base/text.h"
#include "files/open_file.h"

namespace wujin::converter {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view word = ".docx";
constexpr std::string_view pdf = ".pdf";

constexpr std::size_t piece_bytes = 256 * 1024;

// A copy, whatever the document lies in: LibreOffice wants a name that ends as Word's do, and must never touch what is frozen.
void write_word(const http::Response& document, const fs::path& to) {
  files::OpenFile out(to, files::OpenFile::How::create);
  if (const auto* bytes = std::get_if<std::string>(&document.body)) {
    out.write(*bytes);
    return;
  }
  const auto* file = std::get_if<http::FileBody>(&document.body);
  if (file == nullptr) throw std::logic_error("a Word file that is neither a file nor bytes");
  files::OpenFile in(file->path, files::OpenFile::How::read);
  std::vector<char> piece(piece_bytes);
  while (const std::size_t got = in.read(piece)) out.write(std::span(piece).first(got));
}

Task<Result<http::Response>> pdf_of(const http::Handler& word_route, Converter& converter, http::Request& request) {
  const auto document = co_await word_route(request);
  if (!document) co_return document.error();
  Converter::Source source = [&](const fs::path& to) { write_word(*document, to); };
  auto made = co_await converter.convert(std::move(source));
  if (!made) co_return made.error();
  http::Response response;
  response.with("Content-Type", "application/pdf");
  response.with("Content-Disposition", replaced(document->header("content-disposition"), word, pdf));
  response.body = std::move(*made);
  co_return response;
}

}  // namespace

void add_pdf_routes(http::Router& router, Converter& converter) {
  for (const auto& route : router.list()) {
    if (route.method != http::Method::get || !route.pattern.ends_with(word)) continue;
    const std::string path = std::string(route.pattern.substr(0, route.pattern.size() - word.size())) + std::string(pdf);
    const http::Handler& word_route = *route.handler;
    router.add(http::Method::get, path,
               [&word_route, &converter](http::Request& request) { return pdf_of(word_route, converter, request); });
  }
}

}  // namespace wujin::converter
