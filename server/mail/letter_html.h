#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wujin::mail {

// What an HTML letter says. Read by one walk over its tags, without a tree: of some kilobytes of unclosed tags the parser of HTML
// 5 must make a tree that grows with their square.
struct HtmlReading {
  std::string text;                   // a line for each block, cells parted by tabs; picture_mark where a picture stands
  std::vector<std::string> links;     // href, as they stand
  std::vector<std::string> pictures;  // content ids that are shown within it, one for each mark
};

// U+FFFC, which no text of a letter holds itself.
inline constexpr std::string_view picture_mark = "\xEF\xBF\xBC";

HtmlReading read_html(std::string_view utf8);

}  // namespace wujin::mail
