#pragma once

#include <string>
#include <string_view>

namespace wujin::documents {

// A whole number as an automatic numbering prints it, by the names of ECMA-376 17.18.59 (ST_NumberFormat): "chineseCounting"
// makes 十二 of 12, "decimalEnclosedCircle" ⑫, "lowerRoman" xii. Formats unknown here, and numbers a format has no sign for, are
// decimal.
std::string number_as(std::string_view format, int number);

}  // namespace wujin::documents
