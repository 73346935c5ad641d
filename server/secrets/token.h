#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/randomness.h"

namespace wujin::secrets {

// What is stored of a token: its SHA-256. Who reads the table cannot sign in.
using TokenDigest = std::array<std::byte, 32>;

// 256 random bits as base64url without padding, 43 characters: for sessions, invitations, resets and set-up links.
std::string make_token(Randomness& randomness);
TokenDigest digest_of(std::string_view token);

// Takes the same time wherever the two differ; different lengths are unequal at once.
bool is_equal_in_constant_time(std::string_view one, std::string_view other);

}  // namespace wujin::secrets
