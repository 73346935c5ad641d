#pragma once

#include <memory>
#include <string>

#include <vips/vips.h>

// libvips for C++. Private to images. It is opened when the first picture is drawn: it brings ninety libraries along, which a
// server at rest need neither hold nor wait for at its start.
namespace wujin::images {

// Its functions under their own names: vips().vips_resize(…).
struct Vips {
#define WUJIN_VIPS(function) decltype(&::function) function;  // NOLINT(bugprone-macro-parentheses): it names a member
#include "images/vips_functions.inc"
#undef WUJIN_VIPS
};

// Opens and starts the library once a process: one thread a picture, nothing cached, loaders that are not safe with strangers'
// files blocked. libvips keeps its state for the whole process; this is the only place that touches it. Throws when it is not
// installed.
const Vips& vips();

// What failed last on this thread, for the log; clears it.
std::string take_vips_error();

struct Unref {
  void operator()(VipsImage* image) const { vips().g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

}  // namespace wujin::images
