#pragma once

#include <string>
#include <vector>

#include "mailbox/outline.h"
#include "mailbox/report_settling.h"
#include "mailbox/week_finding.h"

// Gives each picture of a report its activity, or leaves it to a person. Pure.
namespace wujin::mailbox {

// `found` has one activity for each draft of the outline, in order; its pictures, what is unplaced and the doubt are added.
void place_pictures(const Outline& outline, const Settling& settling, const WeekFinder& weeks, SettledReport& found);

// Of a loose picture, without the folders of its archive.
std::string name_in_path(const std::string& path);

// Names of places hold words of entries: 宝峰场社区.
std::u32string without_places(std::u32string_view text, const PlaceNames& places);

}  // namespace wujin::mailbox
