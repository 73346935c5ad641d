#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "documents/value.h"

namespace wujin::documents {

// A size on paper in English Metric Units, 36,000 to the millimetre.
struct PaperSize {
  std::int64_t width;
  std::int64_t height;
};

// The largest size within the box that keeps the proportions; a picture of few pixels is never enlarged past 96 to the inch.
// `width` and `height` are pixels, both positive.
PaperSize fitted(int width, int height, PictureBox box);

// The whole box, for what has no proportions of its own.
PaperSize size_of(const PictureBox& box);

// A run with the picture inline. `relationship` names the embedded file, `number` is unique among the drawings of the document.
void append_picture_run(std::string& out, const Picture& picture, PaperSize size, std::string_view relationship, int number);

}  // namespace wujin::documents
