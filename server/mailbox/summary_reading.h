#pragma once

#include <vector>

#include "mailbox/read_source.h"

// A yearly summary as its parts, told by headings of the first rank in whatever shape they were typed. Pure.
namespace wujin::mailbox {

// In the document's order, pictures and tables left out: the form counts for itself. What stands above the first heading is a
// part without one.
std::vector<FoundActivity> read_summary(const ReadSource& source);

}  // namespace wujin::mailbox
