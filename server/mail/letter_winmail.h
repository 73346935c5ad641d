#pragma once

#include "mail/letter_basket.h"

namespace wujin::mail {

// A winmail.dat as Outlook wraps a whole letter (TNEF, [MS-OXTNEF]).
bool is_winmail(const Attachment& attachment);
// Puts its files into the basket; true when it was read to its end, whether or not there were any.
bool unpack_winmail(const Attachment& winmail, Basket& basket, int depth);

}  // namespace wujin::mail
