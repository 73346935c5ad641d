#pragma once

#include <string>
#include <string_view>

namespace wujin::documents {

// A title as the name of a file any system takes: without \ / : * ? " < > | and control characters, without dots or spaces at its
// ends, at most 120 characters, then the extension (".docx"). Curly quotation marks stay.
std::string file_name(std::string_view title, std::string_view extension);

}  // namespace wujin::documents
