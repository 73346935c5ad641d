#include "images/vips.h"

#include <mutex>
#include <stdexcept>

namespace wujin::images {

void start_vips() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (vips_init("wujin") != 0) throw std::runtime_error("libvips does not start: " + take_vips_error());
    // What is wrong with a picture reaches the caller; libvips would print it as well.
    g_log_set_handler(
        "VIPS", G_LOG_LEVEL_WARNING, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
  });
}

std::string take_vips_error() {
  std::string text = vips_error_buffer();
  vips_error_clear();
  return text;
}

}  // namespace wujin::images
