#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "files/vault.h"
#include "mailbox/letter.h"

namespace wujin::mailbox {

// The bytes of a picture of a letter, as they came. Errors: not_found, those of documents::WordFile. Blocks on the disk.
Result<std::string> picture_of(const files::Vault& vault, const Contents& contents, const PictureRef& picture);

// image/jpeg, png, webp or gif by the first bytes; empty for what no browser shows.
std::string_view shown_picture_type(std::string_view bytes);
// True for HEIC too: filing takes it, though no browser shows it.
bool is_picture(std::string_view bytes);

}  // namespace wujin::mailbox
