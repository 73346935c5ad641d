#pragma once

#include <functional>
#include <string>
#include <vector>

#include "database/database.h"

namespace wujin::test {

using Body = std::function<Result<>(Transaction&)>;

// Writes that all wait while another is under way, and so go into one commit. Answers how each ended: "kept", "refused" (the
// body answered a problem), "full" (the disk was) or "threw".
std::vector<std::string> write_together(Database& database, const std::vector<Body>& bodies);

}  // namespace wujin::test
