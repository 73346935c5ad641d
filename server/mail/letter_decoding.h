#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <gmime/gmime-encodings.h>

#include "mail/letter.h"
#include "mail/letter_files.h"

namespace wujin::mail {

// Takes decoded bytes piece by piece; false: it wants no more.
using Sink = std::function<bool(std::string_view)>;

// Decodes a part's body piece by piece. What is no base64 or quoted-printable is decoded as far as it goes, and told as a fault.
void decode(const InputFile& file, Range range, GMimeContentEncoding encoding, const Sink& sink, std::vector<Fault>& faults);
// The first `most` bytes of it.
std::string decoded(const InputFile& file, Range range, GMimeContentEncoding encoding, std::size_t most,
                    std::vector<Fault>& faults);

}  // namespace wujin::mail
