#include "campaigns/form_values.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace wujin::campaigns {
namespace {

using documents::Value;

Value::Object captioned(const CaptionedPicture& shown) { return {{"picture", shown.picture}, {"caption", shown.caption}}; }

// One row of the grid; places past the last picture stay empty.
Value::Object row_of(const std::vector<CaptionedPicture>& shown, std::size_t first, std::initializer_list<const char*> columns) {
  Value::Object row;
  for (const char* column : columns) {
    if (first == shown.size()) break;
    row[column] = shown[first].picture;
    row[std::string(column) + "_caption"] = shown[first].caption;
    ++first;
  }
  return row;
}

}  // namespace

Value::List paragraphs_of(std::string_view text) {
  Value::List paragraphs;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    const auto line = trimmed(text.substr(0, end));
    if (!line.empty()) paragraphs.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paragraphs;
}

const std::string& place_of(const DocumentNames& names) { return names.village.empty() ? names.town : names.village; }

Value::Object whose_values(const Campaign& campaign, const DocumentForm& form, const DocumentNames& names) {
  const auto lines = title_lines(form, names);
  Value::Object values = {{"title", one_line_title(form, names)},
                          {"title_lines", Value::List(lines.begin(), lines.end())},
                          {"town", names.town},
                          {"place", place_of(names)},
                          {"reporting_unit", place_of(names)},
                          {"year", std::to_string(names.year)}};
  if (names.month) values["month"] = std::to_string(static_cast<unsigned>(names.month->month()));
  if (campaign.options.print_attachment_label) values["attachment_label"] = form.attachment_label;
  return values;
}

std::string picture_caption(const Campaign& campaign, std::size_t number, const std::optional<std::string>& words) {
  const std::string bare = fill_pattern(campaign.documents.picture_caption, {{"n", std::to_string(number)}});
  return words ? bare + "　" + *words : bare;
}

void add_pictures(Value::Object& values, const std::vector<CaptionedPicture>& shown, PictureGrid grid) {
  Value::List every;
  for (const CaptionedPicture& one : shown) every.emplace_back(captioned(one));
  values["pictures"] = std::move(every);
  if (shown.size() == 1) values["single_picture"] = captioned(shown.front());
  if (shown.size() < 2) return;
  Value::List rows;
  if (grid == PictureGrid::three_columns) {
    for (std::size_t i = 0; i < shown.size(); i += 3) rows.emplace_back(row_of(shown, i, {"left", "middle", "right"}));
    values["triples"] = std::move(rows);
    values["has_triples"] = true;
    return;
  }
  for (std::size_t i = 0; i + 1 < shown.size(); i += 2) rows.emplace_back(row_of(shown, i, {"left", "right"}));
  values["pairs"] = std::move(rows);
  values["has_pairs"] = true;
  if (shown.size() % 2 == 1) values["last_picture"] = captioned(shown.back());
}

std::string month_and_day(Date day) {
  return std::to_string(static_cast<unsigned>(day.month())) + "月" + std::to_string(static_cast<unsigned>(day.day())) + "日";
}

std::string whole_date(Date day) { return std::to_string(static_cast<int>(day.year())) + "年" + month_and_day(day); }

}  // namespace wujin::campaigns
