#include "images/vips.h"

#include <stdexcept>

#include <dlfcn.h>

namespace wujin::images {
namespace {

template <class Function>
void find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  if (function == nullptr) throw std::runtime_error(std::string("libvips has no ") + name);
}

Vips open() {
  // The very version whose headers were read.
  const std::string name = "libvips.so." + std::to_string(VIPS_LIBRARY_CURRENT - VIPS_LIBRARY_AGE);
  void* library = dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(std::string("libvips cannot be opened: ") + dlerror());
  Vips functions{};
#define WUJIN_VIPS(function) find(library, #function, functions.function);
#include "images/vips_functions.inc"
#undef WUJIN_VIPS
  return functions;
}

Vips start() {
  const Vips functions = open();
  if (functions.vips_init("wujin") != 0) {
    throw std::runtime_error(std::string("libvips does not start: ") + functions.vips_error_buffer());
  }
  // What is wrong with a picture reaches the caller; libvips would print it as well.
  functions.g_log_set_handler(
      "VIPS", G_LOG_LEVEL_WARNING, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
  functions.vips_concurrency_set(1);
  functions.vips_cache_set_max(0);
  functions.vips_block_untrusted_set(TRUE);
  return functions;
}

}  // namespace

const Vips& vips() {
  static const Vips functions = start();
  return functions;
}

std::string take_vips_error() {
  std::string text = vips().vips_error_buffer();
  vips().vips_error_clear();
  return text;
}

}  // namespace wujin::images
