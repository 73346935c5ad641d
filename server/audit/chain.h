#pragma once

#include <string>

#include "audit/trail_store.h"

namespace wujin::audit {

// The digest of a link: of the link before, its place in the chain and every word of its entry.
std::string link_digest(const std::string& previous_digest, std::int64_t position, const StoredEntry& stored);

}  // namespace wujin::audit
