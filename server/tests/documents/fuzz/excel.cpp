// Any bytes as an Excel file, or as the parts of one (see word.cpp): whatever is read must be text, within its bounds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "documents/excel_reading.h"
#include "documents/fuzz/held_file.h"

namespace {

void demand(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wujin::documents;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const wujin::documents::testing::HeldFile file(wujin::documents::testing::package_of(
      bytes,
      {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"}));
  const auto reading = read_excel(file.path());
  if (!reading) return 0;
  demand(wujin::is_utf8_text(text_of(reading->blocks)));
  for (const auto& block : reading->blocks) {
    const auto* table = std::get_if<ReadTable>(&block);
    if (table == nullptr) continue;
    for (const auto& row : table->rows) {
      demand(!row.empty());
      for (const auto& cell : row) {
        demand(cell.column >= 0 && cell.columns >= 1 && cell.rows >= 1 && cell.column + cell.columns <= table->columns);
      }
    }
  }
  return 0;
}
