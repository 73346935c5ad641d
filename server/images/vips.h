#pragma once

#include <memory>
#include <string>

#include <vips/vips.h>

// libvips for C++. Private to images.
namespace wujin::images {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// Starts the library once a process: one thread a picture, nothing cached, loaders that are not safe with strangers' files
// blocked. libvips keeps its state for the whole process; this is the only place that touches it.
void start_vips();

// What failed last on this thread, for the log; clears it.
std::string take_vips_error();

}  // namespace wujin::images
