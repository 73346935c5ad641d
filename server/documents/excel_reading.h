#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"
#include "documents/reading.h"

// Excel files (.xlsx, .xlsm) as tables.
namespace wujin::documents {

struct ExcelReadingLimits {
  std::size_t file = 32u << 20;  // bytes of the file
  std::size_t xml = 48u << 20;   // bytes of one part, unpacked
  std::size_t ratio = 300;
  std::size_t sheets = 50;
  std::size_t cells = 100'000;
};

// Each visible sheet with anything in it: a paragraph with its name, then its table. Values as they are shown: dates as
// 2023-10-07, whole numbers without a point; formulas by their last result. Errors: document_not_excel, document_damaged,
// document_locked, document_bomb.
Result<Reading> read_excel(const std::filesystem::path& file, const ExcelReadingLimits& limits = {});

}  // namespace wujin::documents
