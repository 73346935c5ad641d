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

// Placeholders without a value become nothing.
std::string fill_pattern(std::string_view pattern, const PatternValues& values);
// The names in braces, in order; an unclosed brace is answered as its rest.
std::vector<std::string> placeholders(std::string_view pattern);

// Whose document it is, for its title and file name.
struct DocumentNames {
  std::string town;
  std::string village;  // empty for the town's own
  int year = 0;
  std::optional<Month> month;
};
std::vector<std::string> title_lines(const DocumentForm& form, const DocumentNames& names);
std::string one_line_title(const DocumentForm& form, const DocumentNames& names);
std::string file_title(const DocumentForm& form,
                       const DocumentNames& names);  // without extension, still to be made a safe file name

// How a plan names a place in its column: 泸永桥村委会.
std::string plan_place_name(const Documents& documents, const places::Place& place);
// 消防宣传进农村, or by the point when the campaign says so and there is one; nothing of the activity's own title.
std::string activity_heading(const Campaign& campaign, const std::string& entry, const std::string& point);

}  // namespace wujin::campaigns
