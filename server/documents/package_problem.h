#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"

namespace wujin::documents {

// What is wrong with a package, told with what it lies in: a part, an element, a target.
inline Problem about(ProblemCode code, std::string_view what) { return {code, {{"what", std::string(what)}}}; }

}  // namespace wujin::documents
