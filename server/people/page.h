#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "http/request.h"
#include "people/accounts_store.h"
#include "people/links_store.h"

// Cursors of this room's lists: opaque on the wire, a position inside.
namespace wujin::people {

std::string cursor_of(const AccountPosition& position);
std::string cursor_of(const LinkPosition& position);
std::string cursor_of(std::int64_t number);

// Nothing when there is no cursor. Errors: validation at "cursor" for one we never gave.
Result<std::optional<AccountPosition>> account_position_of(const http::Request& request);
Result<std::optional<LinkPosition>> link_position_of(const http::Request& request);
Result<std::optional<std::int64_t>> number_of(const http::Request& request);

}  // namespace wujin::people
