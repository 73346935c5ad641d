#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/letter.h"

namespace wujin::mail {

// A header's value made fit for GMime: bytes of no declared charset as UTF-8, and each run of encoded words (RFC 2047) as one
// word in UTF-8. Runs are decoded as a whole since many programs cut a character, or the base64 itself, between two words.
std::string mended_words(std::string_view value, std::vector<Fault>& faults);

}  // namespace wujin::mail
