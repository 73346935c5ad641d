#pragma once

#include <string>
#include <string_view>

#include "files/vault.h"

namespace wujin::photos {

// What a received file is, for a picture that was not yet drawn: image/jpeg …, application/octet-stream for one the sniffing does
// not know. Reads the head of the file.
std::string sniffed_type(const files::Vault& vault, std::string_view sha256);

}  // namespace wujin::photos
