#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mailbox/place_names.h"

// What a line of a report is by its words alone. Of text made plain. Pure.
namespace wujin::mailbox {

inline constexpr std::size_t longest_title = 45;  // characters of a line

bool ends_sentence(std::u32string_view text);
bool is_only_a_day(std::u32string_view text);   // 2023年10月27日
bool names_a_sender(std::u32string_view text);  // 联系人：…
// Where within a paragraph another day's telling begins.
std::vector<std::size_t> dated_beginnings(std::u32string_view text);
// A day stands at the beginning, behind a number or the place's name at most.
bool begins_with_a_day(std::u32string_view text, const PlaceNames& places);

// Parts of a report that tell of no activity: what is planned, what was done in general.
bool looks_ahead(std::u32string_view heading);
bool begins_to_look_ahead(std::u32string_view text);
bool looks_over(std::u32string_view heading);
bool tells_of_nothing_held(std::u32string_view text);  // a line of a week
// Of a letter that tells of no activity: why nothing was held in the month.
bool tells_that_nothing_was_held(std::u32string_view text);

}  // namespace wujin::mailbox
