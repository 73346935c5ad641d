#include "documents/qr.h"

#include <qrencode.h>

#include <memory>

namespace wujin::documents {
namespace {

constexpr std::size_t most_bytes = 2331;  // version 40 at level M, 8-bit
constexpr int quiet_zone = 4;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<std::string> qr_svg(std::string_view text) {
  if (text.empty()) return Problem(ProblemCode::required);
  const Problem too_long(ProblemCode::too_long, {{"limit", std::to_string(most_bytes)}});
  if (text.size() > most_bytes) return too_long;
  const std::unique_ptr<QRcode, FreeCode> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) return too_long;
  const std::string side = std::to_string(code->width + 2 * quiet_zone);
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\">";
  svg += "<path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "H0z\"/><path d=\"";
  for (int row = 0; row < code->width; ++row) {
    const unsigned char* modules = code->data + row * code->width;
    for (int column = 0; column < code->width;) {
      int end = column;
      while (end < code->width && (modules[end] & 1)) ++end;
      if (end > column) {
        svg += "M" + std::to_string(column + quiet_zone) + " " + std::to_string(row + quiet_zone) + "h" +
               std::to_string(end - column) + "v1h-" + std::to_string(end - column) + "z";
      }
      column = end + 1;
    }
  }
  svg += "\"/></svg>";
  return svg;
}

}  // namespace wujin::documents
