#pragma once

#include "mail/letter_basket.h"

namespace wujin::mail {

// By its bytes and its name: documents that are ZIPs within (.docx, .xlsx, .odt, …) are none.
bool is_zip(const Attachment& attachment);
// Puts the files of a ZIP into the basket; true when that was all of them, and there was any. What the Mac and Windows leave
// beside people's files (__MACOSX, .DS_Store, Thumbs.db, desktop.ini) is no file of theirs.
bool unpack_zip(const Attachment& zip, Basket& basket, int depth);

}  // namespace wujin::mail
