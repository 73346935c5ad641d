#pragma once

#include <string>
#include <string_view>

#include "documents/picture_xml.h"
#include "documents/value.h"

// A chart of Office's own: drawn by whatever opens the document, and its figures can be edited in the workbook that comes with
// it.
namespace wujin::documents {

inline constexpr std::string_view chart_type = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
inline constexpr std::string_view workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// A run with the chart inline. `relationship` names its part, `number` is unique among the drawings of the document.
void append_chart_run(std::string& out, const Chart& chart, PaperSize size, std::string_view relationship, int number);

// The chart's part: stacked columns, the figures it was drawn with among them. `workbook` names its relationship to the workbook.
std::string chart_part(const Chart& chart, std::string_view workbook);
std::string chart_relationships(std::string_view workbook, std::string_view file);

// The figures as an Excel file of one sheet: categories down, series across.
std::string chart_workbook(const Chart& chart);

}  // namespace wujin::documents
