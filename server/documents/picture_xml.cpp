#include "documents/picture_xml.h"

#include <algorithm>
#include <cmath>

#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr double units_per_millimetre = 36000;
constexpr double units_per_pixel = 914400.0 / 96;

}  // namespace

PaperSize fitted(int width, int height, PictureBox box) {
  if (height > width) std::swap(box.width, box.height);
  const double natural_width = width * units_per_pixel;
  const double natural_height = height * units_per_pixel;
  const double scale =
      std::min({1.0, box.width * units_per_millimetre / natural_width, box.height * units_per_millimetre / natural_height});
  const auto length = [&](double natural) { return std::max<std::int64_t>(1, std::llround(natural * scale)); };
  return {length(natural_width), length(natural_height)};
}

PaperSize size_of(const PictureBox& box) {
  return {std::llround(box.width * units_per_millimetre), std::llround(box.height * units_per_millimetre)};
}

void append_picture_run(std::string& out, const Picture& picture, PaperSize size, std::string_view relationship, int number) {
  const std::string id = std::to_string(number);
  const std::string extent = "cx=\"" + std::to_string(size.width) + "\" cy=\"" + std::to_string(size.height) + "\"";
  const std::string description = escaped(picture.description);
  out +=
      "<w:r><w:rPr><w:noProof/></w:rPr><w:drawing>"
      "<wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
      " distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent ";
  out += extent;
  out += "/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"" + id + "\" name=\"picture " + id + "\" descr=\"" +
         description + "\"/>";
  out +=
      "<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
      " noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>"
      "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
      "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
      "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">";
  out += "<pic:nvPicPr><pic:cNvPr id=\"" + id + "\" name=\"picture " + id + "\" descr=\"" + description +
         "\"/><pic:cNvPicPr/></pic:nvPicPr>";
  out += "<pic:blipFill><a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"";
  out += relationship;
  out += "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext ";
  out += extent;
  out +=
      "/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
      "</wp:inline></w:drawing></w:r>";
}

}  // namespace wujin::documents
