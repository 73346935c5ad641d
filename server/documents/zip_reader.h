#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wujin::documents {

// How much of a ZIP from a stranger is read before it is refused.
struct ZipLimits {
  std::size_t file = 20u << 20;  // bytes of the ZIP itself
  std::size_t entries = 1000;
  std::size_t entry = 16u << 20;  // bytes of one entry, unpacked
  std::size_t total = 48u << 20;  // bytes of all entries, unpacked
  std::size_t ratio = 200;        // unpacked to packed, judged for entries past `ratio_from`
  std::size_t ratio_from = 1u << 20;
};

using ZipEntries = std::map<std::string, std::string, std::less<>>;

// Every file in the ZIP by its name; folders are left out. Refuses what is no ZIP (template_not_word), is damaged
// (template_damaged), is encrypted or packed by anything but deflate (template_unsafe_packing), is named twice, absolutely or
// with ".." (template_unsafe_path), or is larger than the limits (template_too_large, template_bomb), whatever its own directory
// tells.
Result<ZipEntries> read_zip(std::string_view bytes, const ZipLimits& limits = {});

}  // namespace wujin::documents
