#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/config.h"
#include "http/request.h"
#include "http/router.h"

namespace wujin::http {

// Fills remote_address, secure and loopback from the peer's address and, behind a proxy we trust, from what it forwards.
void place_peer(Request& request, std::string_view peer_address, const ServerConfig& config);

// Refuses a Host we do not serve (`wrong_host`), so that a foreign name resolving to us cannot act as us.
Result<> judge_host(const Request& request, const ServerConfig& config);

// Refuses a write that a page of another site began (`wrong_origin`), by Sec-Fetch-Site and Origin. Programs send neither.
Result<> judge_origin(const Request& request, const ServerConfig& config);

Language preferred_language(std::string_view accept_language);  // Chinese unless English is wanted more

}  // namespace wujin::http
