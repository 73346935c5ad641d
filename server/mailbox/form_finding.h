#pragma once

#include <string_view>

#include "mailbox/place_names.h"
#include "mailbox/read_source.h"

// Which of the campaign's forms a document is. Pure.
namespace wujin::mailbox {

// Sets `source.form` and why; below `sure_from` it may be something else.
void find_form(ReadSource& source, std::u32string_view subject, const CampaignWords& words, const PlaceNames& places);

// A list of names that goes with a report: 签到表.
bool is_list_of_names(const ReadSource& source);
// Nothing but pictures and their captions.
bool has_only_pictures(const ReadSource& source);

}  // namespace wujin::mailbox
