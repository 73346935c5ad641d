#pragma once

#include <string_view>

#include "mailbox/place_names.h"
#include "mailbox/read_source.h"

// Which of the campaign's forms a document is. Pure.
namespace wujin::mailbox {

// What a text came under.
struct CameUnder {
  std::u32string_view subject;
  Date received_on;
};

// Sets `source.form` and why; below `sure_from` it may be something else.
void find_form(ReadSource& source, const CameUnder& came, const CampaignWords& words, const PlaceNames& places);

// A list of names that goes with a report: 签到表.
bool is_list_of_names(const ReadSource& source);
// Nothing but pictures and their captions.
bool has_only_pictures(const ReadSource& source);

}  // namespace wujin::mailbox
