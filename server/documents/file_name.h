#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wujin::documents {

// A title as the name of a file any system takes: without \ / : * ? " < > | and characters that are not seen, without dots or
// spaces at its ends, at most so many characters, then the extension (".docx"). Curly quotation marks stay.
std::string file_name(std::string_view title, std::string_view extension, std::size_t most_characters = 120);

}  // namespace wujin::documents
