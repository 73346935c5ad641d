#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/campaign.h"

// The campaign's words with placeholders in braces, and the titles made of them.
namespace wujin::campaigns {

using PatternValues = std::map<std::string, std::string, std::less<>>;

// {name} becomes its value, or nothing. What stands in [brackets] is left out, brackets too, when a placeholder within has no
// value or an empty one: "{place}[联合{partners}]开展活动". Brackets do not nest.
std::string fill_pattern(std::string_view pattern, const PatternValues& values);
// The names in braces, in order; an unclosed brace is answered with all that follows it.
std::vector<std::string> placeholders(std::string_view pattern);

// Whose document it is, for its title and file name.
struct DocumentNames {
  std::string town;
  std::string village;  // empty for the town's own
  int year = 0;
  std::optional<Month> month;
};
// The names of a place's document; `tree` knows the place.
DocumentNames document_names(const Campaign& campaign, const places::Tree& tree, const PlaceId& place,
                             std::optional<Month> month = {});
std::vector<std::string> title_lines(const DocumentForm& form, const DocumentNames& names);
std::string one_line_title(const DocumentForm& form, const DocumentNames& names);
// Without extension, still to be made a safe name (documents/file_name.h).
std::string file_title(const DocumentForm& form, const DocumentNames& names);

// What an exported list is called, without extension: `what` names the list.
std::string ledger_title(const Campaign& campaign, const places::Tree& tree, const std::string& what);

// How a plan names a place in its column.
std::string plan_place_name(const Documents& documents, const places::Place& place);
// How a report heads an activity: by its entry, or by its point when the campaign says so and there is one.
std::string activity_heading(const Campaign& campaign, const std::string& entry, const std::string& point);

}  // namespace wujin::campaigns
