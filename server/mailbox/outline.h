#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailbox/campaign_words.h"
#include "mailbox/document_lines.h"
#include "mailbox/headings.h"
#include "mailbox/place_names.h"

// What a report says where: its title, its weeks, their activities with text and pictures. Nothing is decided here that needs
// its month. Pure.
namespace wujin::mailbox {

struct Draft {
  Text heading;
  Text when;  // a cell of its own
  std::vector<Text> paragraphs;
  std::vector<Picture> pictures;
  int level = 0;          // of its heading's number; 0: it has none
  bool is_boxed = false;  // its pictures are its own for sure
};

struct WeekPart {
  std::optional<WeekHeading> week;
  std::vector<Draft> drafts;
  std::vector<Picture> before;  // pictures above its first activity
};

struct Outline {
  std::vector<Text> title;
  std::vector<Text> intro;  // above the first week or activity
  std::vector<WeekPart> parts;
  std::vector<Picture> gallery;  // pictures put together behind the text
  std::vector<Text> reason;      // why nothing was held
  std::vector<Text> closing;     // who sends it, and when
  bool has_week_headings() const;
  std::size_t activities() const;
};

Outline outline_of(const std::vector<Item>& items, const CampaignWords& words, const PlaceNames& places);

}  // namespace wujin::mailbox
