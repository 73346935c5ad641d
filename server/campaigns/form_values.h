#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/pattern.h"
#include "documents/value.h"

// What the Word forms of a campaign are filled with alike (campaigns/form_tags.h names the tags).
namespace wujin::campaigns {

// Its lines, blank ones left out.
documents::Value::List paragraphs_of(std::string_view text);

// Titles, places and time of a form, its annex label when the campaign prints them.
documents::Value::Object whose_values(const Campaign& campaign, const DocumentForm& form, const DocumentNames& names);
// The place a document speaks for.
const std::string& place_of(const DocumentNames& names);

// 图片1, with the words a person gave it.
std::string picture_caption(const Campaign& campaign, std::size_t number, const std::optional<std::string>& words);

struct CaptionedPicture {
  documents::Picture picture;
  std::string caption;
};
// The pictures of one part of a form, in the grid that the campaign has chosen.
void add_pictures(documents::Value::Object& values, const std::vector<CaptionedPicture>& pictures, PictureGrid grid);

std::string month_and_day(Date day);  // 10月7日
std::string whole_date(Date day);     // 2023年10月7日

}  // namespace wujin::campaigns
